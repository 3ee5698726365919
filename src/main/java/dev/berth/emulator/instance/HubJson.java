package dev.berth.emulator.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A linked hub as configuration, admin API and state have it. */
public final class HubJson {
    private static final int WEIGHT_MAX = 1_000;
    private static final int LATENCY_MILLIS_MAX = 60_000;
    public static final int PLACES_MAX = 1_000;

    private HubJson() {}

    public static ObjectNode of(IotHub hub) {
        var json = Json.object()
                .put("hostName", hub.hostName())
                .put("allocationWeight", hub.allocationWeight())
                .put("applyAllocationPolicy", hub.applyAllocationPolicy());
        if (!hub.latencyMillis().isEmpty()) {
            var latencies = json.putObject("latencyMillis");
            hub.latencyMillis().forEach(latencies::put);
        }
        return json;
    }

    /** A name alone, or an object. */
    public static IotHub read(JsonAt json) {
        if (json.node().isTextual()) {
            return IotHub.of(json.text());
        }
        json.objectOf("name", "hostName", "allocationWeight", "applyAllocationPolicy", "latencyMillis");
        var name = json.at("hostName")
                .optionalText()
                .orElseGet(() -> json.at("name").text());
        return read(json, IotHub.of(name));
    }

    /** The hub that an object makes of this one; what is left out stays as it is. */
    public static IotHub changed(IotHub before, JsonAt json) {
        json.objectOf("hostName", "allocationWeight", "applyAllocationPolicy", "latencyMillis");
        return read(json, before);
    }

    private static IotHub read(JsonAt json, IotHub before) {
        var latencies = json.at("latencyMillis");
        return new IotHub(
                before.hostName(),
                json.at("allocationWeight").integer(1, WEIGHT_MAX, before.allocationWeight()),
                json.at("applyAllocationPolicy").flag(before.applyAllocationPolicy()),
                latencies.absent() ? before.latencyMillis() : latencies(latencies));
    }

    private static Map<String, Integer> latencies(JsonAt json) {
        var latencies = new TreeMap<String, Integer>();
        for (var place : json.object().node().properties()) {
            latencies.put(
                    place.getKey().toLowerCase(Locale.ROOT),
                    json.at(place.getKey()).integer(0, LATENCY_MILLIS_MAX, 0));
        }
        if (latencies.size() > PLACES_MAX) {
            throw json.invalid("must not hold more than " + PLACES_MAX);
        }
        return Map.copyOf(latencies);
    }
}
