package dev.berth.emulator.fault;

import dev.berth.emulator.fault.Delay.Distribution;
import dev.berth.emulator.json.JsonAt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads faults; whatever their kind has no use for is refused by its pointer. */
public final class FaultReader {
    private static final int DELAY_MILLIS_MAX = (int) Delay.MAX.toMillis();
    private static final int DRIP_MILLIS_MAX = 10_000;
    private static final int LATENCY_MILLIS = 1_000;
    private static final int DRIP_MILLIS = 100;
    private static final int FAILOVER_MILLIS = 3_600_000;
    private static final int RETRY_AFTER_SECONDS = 3;
    private static final int RETRY_AFTER_SECONDS_MAX = 86_400;
    private static final int LOST_SECONDS_MAX = 86_400;

    static final String ANY = "any";

    private static final List<String> OF_EVERY_KIND = List.of(
            "kind", "rate", "on", "delayMillis", "distribution", "maxMillis", "durationMillis", "remainingMillis");

    private FaultReader() {}

    /** One fault, an array of them, or {@code {value: […]}}; at most one of a kind. */
    public static List<Fault> faults(JsonAt json) {
        if (json.node().isArray()) {
            return list(json);
        }
        return isList(json.object()) ? list(json.objectOf("value").at("value")) : List.of(fault(json));
    }

    public static boolean isList(JsonAt json) {
        return json.node().isArray() || !json.at("value").absent();
    }

    public static List<Fault> list(JsonAt json) {
        var faults = new ArrayList<Fault>();
        var kinds = EnumSet.noneOf(FaultKind.class);
        for (var element : json.elements(FaultKind.values().length)) {
            var fault = fault(element);
            if (!kinds.add(fault.kind())) {
                throw element.at("kind").invalid("is used twice: " + fault.kind().wireName);
            }
            faults.add(fault);
        }
        return List.copyOf(faults);
    }

    public static Fault fault(JsonAt json) {
        var kind = kind(json.object().at("kind"));
        var effect = effect(kind, json);
        return new Fault(
                effect,
                json.at("rate").decimal(0, 1, 1),
                on(json.at("on")),
                effect instanceof FaultEffect.Drip ? Delay.NONE : delay(kind, json),
                duration(kind, json.at("durationMillis")));
    }

    private static FaultKind kind(JsonAt json) {
        return json.oneOf(FaultKind.values(), kind -> kind.wireName);
    }

    private static FaultEffect effect(FaultKind kind, JsonAt json) {
        return switch (kind) {
            case THROTTLE -> {
                known(json, "retryAfter", "retryAfterSeconds");
                yield new FaultEffect.Throttle(retryAfter(json, RetryAfter.Form.SECONDS));
            }
            case ERROR -> {
                known(json, "status", "retryAfter", "retryAfterSeconds");
                yield new FaultEffect.ServerError(
                        json.at("status").integer(500, 599, 500), retryAfter(json, RetryAfter.Form.NONE));
            }
            case MALFORMED -> {
                known(json, "malformedKind");
                yield new FaultEffect.Malformed(malformedKind(json.at("malformedKind")));
            }
            case FAILOVER -> {
                known(json, "lostSeconds");
                yield new FaultEffect.Failover(
                        Duration.ofSeconds(json.at("lostSeconds").integer(0, LOST_SECONDS_MAX, 0)));
            }
            case DRIP -> {
                json.objectOf("kind", "rate", "on", "delayMillis", "durationMillis", "remainingMillis");
                yield new FaultEffect.Drip(
                        Duration.ofMillis(json.at("delayMillis").integer(1, DRIP_MILLIS_MAX, DRIP_MILLIS)));
            }
            case LATENCY -> plain(json, new FaultEffect.Latency());
            case HANG -> plain(json, new FaultEffect.Hang());
            case RESET_BEFORE -> plain(json, new FaultEffect.ResetBefore());
            case RESET_AFTER -> plain(json, new FaultEffect.ResetAfter());
            case OUTAGE -> plain(json, new FaultEffect.Outage());
        };
    }

    private static FaultEffect plain(JsonAt json, FaultEffect effect) {
        known(json);
        return effect;
    }

    private static void known(JsonAt json, String... ofThisKind) {
        json.objectOf(
                Stream.concat(OF_EVERY_KIND.stream(), Arrays.stream(ofThisKind)).toArray(String[]::new));
    }

    private static RetryAfter retryAfter(JsonAt json, RetryAfter.Form fallback) {
        return new RetryAfter(
                json.at("retryAfter").oneOf(RetryAfter.Form.class, fallback),
                json.at("retryAfterSeconds").integer(0, RETRY_AFTER_SECONDS_MAX, RETRY_AFTER_SECONDS));
    }

    private static Optional<MalformedKind> malformedKind(JsonAt json) {
        return json.absent()
                ? Optional.empty()
                : Optional.of(json.oneOf(MalformedKind.values(), kind -> kind.wireName));
    }

    private static Delay delay(FaultKind kind, JsonAt json) {
        int usual = kind == FaultKind.LATENCY ? LATENCY_MILLIS : 0;
        return new Delay(
                json.at("distribution").oneOf(Distribution.class, Distribution.FIXED),
                Duration.ofMillis(json.at("delayMillis").integer(0, DELAY_MILLIS_MAX, usual)),
                Duration.ofMillis(json.at("maxMillis").integer(0, DELAY_MILLIS_MAX, DELAY_MILLIS_MAX)));
    }

    private static Optional<Duration> duration(FaultKind kind, JsonAt json) {
        if (json.absent()) {
            return kind == FaultKind.FAILOVER ? Optional.of(Duration.ofMillis(FAILOVER_MILLIS)) : Optional.empty();
        }
        return Optional.of(Duration.ofMillis(json.integer(1, Integer.MAX_VALUE, FAILOVER_MILLIS)));
    }

    private static Set<FaultTarget> on(JsonAt json) {
        return json.absent() || json.text().equals(ANY)
                ? EnumSet.allOf(FaultTarget.class)
                : EnumSet.of(json.oneOf(FaultTarget.values(), target -> target.wireName));
    }
}
