package dev.berth.emulator.instance;

import dev.berth.emulator.json.JsonAt;

/** Reads where devices are: {@code [{registrationIds, place}]}, in the order in which they are tried. */
public final class PlacesReader {
    private PlacesReader() {}

    public static Places read(JsonAt json) {
        return new Places(json.elements(Places.RULES_MAX).stream()
                .map(rule -> {
                    rule.objectOf("registrationIds", "place");
                    return new Places.Rule(
                            rule.at("registrationIds").text(), rule.at("place").text());
                })
                .toList());
    }
}
