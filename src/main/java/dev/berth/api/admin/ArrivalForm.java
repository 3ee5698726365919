package dev.berth.api.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.inventory.DpsInstance;
import dev.berth.scheduling.ArrivalLog;
import dev.berth.scheduling.Lateness;
import dev.berth.scheduling.SchedulingSettings;

/** How late devices come, as administrators are shown it. */
final class ArrivalForm {
    private ArrivalForm() {}

    static ObjectNode write(DpsInstance instance, ArrivalLog log, SchedulingSettings settings) {
        var arrivals = log.of(instance.id());
        var limits = instance.limits();
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("tenant", instance.id().tenant().value())
                .put("dpsInstance", instance.id().name())
                .put("since", log.since().toString())
                .put("arrivalSpreadMillis", limits.arrivalSpread().toMillis());
        arrivals.proposedSpread(limits, settings)
                .ifPresent(proposed -> json.put("proposedArrivalSpreadMillis", proposed.toMillis()));
        write(arrivals.seen(), json.putObject("seen"));
        write(arrivals.reported(), json.putObject("reported"));
        return json;
    }

    private static void write(Lateness lateness, ObjectNode json) {
        json.put("registrations", lateness.count());
        write(lateness, 0.001, "earliestMillis", json);
        write(lateness, 0.5, "medianMillis", json);
        write(lateness, 0.99, "p99Millis", json);
        write(lateness, 0.999, "p999Millis", json);
    }

    private static void write(Lateness lateness, double share, String member, ObjectNode json) {
        lateness.quantile(share).ifPresent(late -> json.put(member, late.toMillis()));
    }
}
