package dev.berth.emulator;

import dev.berth.emulator.enrollment.AllocationPolicy;
import dev.berth.emulator.instance.AllocationSettings;
import dev.berth.emulator.instance.HubJson;
import dev.berth.emulator.instance.IotHub;
import dev.berth.emulator.instance.PlacesReader;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.webhook.WebhookLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads the parts of the configuration that say how devices find their hubs. */
final class AllocationConfig {
    private static final int TIMEOUT_MILLIS_MAX = 300_000;
    private static final int CALLS_MAX = 10_000;

    private AllocationConfig() {}

    /** How an instance's devices find their hubs; these ones if it names none. */
    static AllocationSettings allocation(JsonAt instance, int hubsMax, List<IotHub> fallback) {
        return new AllocationSettings(
                hubs(instance.at("hubs"), hubsMax, fallback),
                policy(instance.at("allocationPolicy")),
                PlacesReader.read(instance.at("places")));
    }

    /** An enrollment's webhook is its own, so an instance cannot have {@code custom} for all. */
    private static AllocationPolicy policy(JsonAt json) {
        var policy = json.oneOf(AllocationPolicy.class, AllocationPolicy.HASHED);
        if (policy == AllocationPolicy.CUSTOM) {
            throw json.invalid("custom is for enrollments only");
        }
        return policy;
    }

    private static List<IotHub> hubs(JsonAt json, int max, List<IotHub> fallback) {
        var hubs = json.elements(max).stream().map(HubJson::read).toList();
        return hubs.isEmpty() ? fallback : hubs;
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
