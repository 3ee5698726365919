package dev.berth.emulator.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.fault.InstanceFaults.Running;
import dev.berth.emulator.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Faults as {@link FaultReader} reads them. */
public final class FaultJson {
    private FaultJson() {}

    public static ObjectNode list(List<Running> faults) {
        var body = Json.object();
        var value = body.putArray("value");
        faults.forEach(running -> value.add(running(running)));
        return body;
    }

    public static ObjectNode counts(Map<FaultKind, Long> counts) {
        var body = Json.object();
        counts.forEach((kind, count) -> body.put(kind.wireName, count));
        return body;
    }

    private static ObjectNode running(Running running) {
        var json = fault(running.fault());
        running.remaining().ifPresent(left -> json.put("remainingMillis", left.toMillis()));
        return json;
    }

    public static ObjectNode fault(Fault fault) {
        var json = Json.object()
                .put("kind", fault.kind().wireName)
                .put("rate", fault.rate())
                .put("on", on(fault));
        fault.duration().ifPresent(duration -> json.put("durationMillis", duration.toMillis()));
        if (fault.effect() instanceof FaultEffect.Latency
                || !fault.delay().mean().isZero()) {
            delay(json, fault.delay());
        }
        effect(json, fault.effect());
        return json;
    }

    private static String on(Fault fault) {
        return fault.on().size() == 1 ? fault.on().iterator().next().wireName : FaultReader.ANY;
    }

    private static void delay(ObjectNode json, Delay delay) {
        json.put("delayMillis", delay.mean().toMillis())
                .put("distribution", delay.distribution().name().toLowerCase(Locale.ROOT))
                .put("maxMillis", delay.max().toMillis());
    }

    private static void effect(ObjectNode json, FaultEffect effect) {
        switch (effect) {
            case FaultEffect.Throttle(var retryAfter) -> retryAfter(json, retryAfter);
            case FaultEffect.ServerError(int status, var retryAfter) -> {
                json.put("status", status);
                retryAfter(json, retryAfter);
            }
            case FaultEffect.Drip(var perByte) -> json.put("delayMillis", perByte.toMillis());
            case FaultEffect.Failover(var lost) -> json.put("lostSeconds", lost.toSeconds());
            case FaultEffect.Malformed(var how) -> how.ifPresent(kind -> json.put("malformedKind", kind.wireName));
            case FaultEffect.Latency latency -> {}
            case FaultEffect.Hang hang -> {}
            case FaultEffect.ResetBefore reset -> {}
            case FaultEffect.ResetAfter reset -> {}
            case FaultEffect.Outage outage -> {}
        }
    }

    private static void retryAfter(ObjectNode json, RetryAfter retryAfter) {
        json.put("retryAfter", retryAfter.form().name().toLowerCase(Locale.ROOT))
                .put("retryAfterSeconds", retryAfter.seconds());
    }
}
