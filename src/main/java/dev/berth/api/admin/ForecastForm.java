package dev.berth.api.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.forecast.InstanceForecast;
import dev.berth.forecast.Intake;
import dev.berth.forecast.OwnerUse;
import dev.berth.forecast.PoolForecast;
import dev.berth.forecast.Rate;
import dev.berth.forecast.RateWindow;
import dev.berth.forecast.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What will become of instances and pools, in JSON. */
final class ForecastForm {
    private ForecastForm() {}

    static ObjectNode write(InstanceForecast forecast) {
        var instance = forecast.instance();
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("tenant", instance.id().tenant().value())
                .put("dpsInstance", instance.id().name())
                .put("state", instance.state().name().toLowerCase(Locale.ROOT))
                .put("at", forecast.at().toString());
        write(forecast.use(), json);
        write(forecast.intake(), forecast.at(), json.putObject("intake"));
        return json;
    }

    static ObjectNode write(PoolForecast forecast) {
        var pool = forecast.pool();
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("tenant", pool.owner().value())
                .put("trustAnchor", pool.trustAnchor());
        Form.put(json, "geography", pool.geography());
        Form.put(json, "emptyReason", pool.emptyReason());
        json.put("at", forecast.at().toString());
        var instances = json.putArray("dpsInstances");
        pool.instances().forEach(instance -> instances.add(instance.id().name()));
        json.put("waiting", forecast.waiting());
        write(forecast.use(), json);
        write(forecast.intake(), forecast.at(), json.putObject("intake"));
        return json;
    }

    private static void write(Use use, ObjectNode json) {
        json.putObject("registrations")
                .put("used", use.used())
                .put("max", use.max())
                .put("remaining", use.remaining());
        json.put("countedSince", use.countedSince().toString());
        var rates = json.putArray("rates");
        for (Rate rate : use.rates()) {
            var written = rates.addObject()
                    .put("window", rate.window().label())
                    .put("registrations", rate.registrations())
                    .put("perHour", Math.round(rate.perHour() * 1e3) / 1e3);
            Form.put(written, "runsOutAt", rate.runsOutAt());
        }
        var owners = json.putArray("owners");
        for (OwnerUse owner : use.owners()) {
            var written = owners.addObject().put("tenant", owner.owner()).put("registrations", owner.total());
            for (RateWindow window : RateWindow.values()) {
                written.put(member(window), owner.registrations().getOrDefault(window, 0L));
            }
        }
    }

    private static String member(RateWindow window) {
        return switch (window) {
            case HOUR -> "lastHour";
            case DAY -> "lastDay";
            case FIVE_DAYS -> "lastFiveDays";
        };
    }

    private static void write(Intake intake, Instant at, ObjectNode json) {
        json.put("devices", intake.devices()).put("placed", intake.placed());
        Instant last = intake.lastSlot();
        if (last != null) {
            json.put("lastRegistrationAt", last.toString())
                    .put("seconds", Duration.between(at, last).toMillis() / 1e3);
        }
    }
}
