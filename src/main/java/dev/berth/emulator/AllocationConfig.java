package dev.berth.emulator;

import dev.berth.emulator.enrollment.AllocationPolicy;
import dev.berth.emulator.instance.IotHub;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.webhook.WebhookLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads the parts of the configuration that say how devices find their hubs. */
final class AllocationConfig {
    private static final int WEIGHT_MAX = 1_000;
    private static final int LATENCY_MILLIS_MAX = 60_000;
    private static final int PLACES_MAX = 1_000;
    private static final int TIMEOUT_MILLIS_MAX = 300_000;
    private static final int CALLS_MAX = 10_000;

    private AllocationConfig() {}

    /** An enrollment's webhook is its own, so an instance cannot have {@code custom} for all. */
    static AllocationPolicy policy(JsonAt json) {
        var policy = json.oneOf(AllocationPolicy.class, AllocationPolicy.HASHED);
        if (policy == AllocationPolicy.CUSTOM) {
            throw json.invalid("custom is for enrollments only");
        }
        return policy;
    }

    static List<IotHub> hubs(JsonAt json, int max, List<IotHub> fallback) {
        var hubs = json.elements(max).stream().map(AllocationConfig::hub).toList();
        return hubs.isEmpty() ? fallback : hubs;
    }

    private static IotHub hub(JsonAt json) {
        if (json.node().isTextual()) {
            return IotHub.of(json.text());
        }
        json.objectOf("name", "hostName", "allocationWeight", "applyAllocationPolicy", "latencyMillis");
        var name = json.at("hostName")
                .optionalText()
                .orElseGet(() -> json.at("name").text());
        return new IotHub(
                IotHub.of(name).hostName(),
                json.at("allocationWeight").integer(1, WEIGHT_MAX, 1),
                json.at("applyAllocationPolicy").flag(true),
                latencies(json.at("latencyMillis")));
    }

    private static Map<String, Integer> latencies(JsonAt json) {
        if (json.absent()) {
            return Map.of();
        }
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

    static WebhookLimits webhooks(JsonAt json) {
        var byDefault = WebhookLimits.DEFAULT;
        if (json.absent()) {
            return byDefault;
        }
        json.objectOf("timeoutMillis", "callsMax", "caFile");
        var caFile = json.at("caFile").optionalText().map(Path::of);
        if (caFile.filter(file -> !Files.isReadable(file)).isPresent()) {
            throw json.at("caFile").invalid("cannot be read");
        }
        int millis = (int) byDefault.timeout().toMillis();
        return new WebhookLimits(
                Duration.ofMillis(json.at("timeoutMillis").integer(1, TIMEOUT_MILLIS_MAX, millis)),
                json.at("callsMax").integer(1, CALLS_MAX, byDefault.callsMax()),
                byDefault.bytesMax(),
                caFile);
    }
}
