package dev.berth.emulator.mqtt;

import java.util.Arrays;
import java.util.Optional;

/** The {@code name=value&name=value} of topics and user names; nothing of it is decoded, as SDKs encode nothing they need back. */
record TopicProperties(String text) {
    Optional<String> value(String name) {
        return Arrays.stream(text.split("&", -1))
                .filter(property -> property.startsWith(name + "="))
                .map(property -> property.substring(name.length() + 1))
                .findFirst();
    }
}
