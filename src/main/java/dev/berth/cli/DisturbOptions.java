package dev.berth.cli;

import dev.berth.inventory.Limits;
import dev.berth.simulation.Disturbance;
import dev.berth.simulation.Hardship;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a simulated fleet has to bear. The first disturbance of a replica befalls the first one, the next the second; so it is with instances. */
final class DisturbOptions {
    static final int DISTURBANCES_MAX = 100;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FOR_GOOD = Duration.ofDays(3_650);
    private static final Duration CLOCK_ERROR = Duration.ofHours(1);
    private static final Duration CLOCK_ERROR_MAX = Duration.ofDays(365);

    @Option(
            names = "--disturb",
            paramLabel = DisturbanceText.FORM,
            converter = DisturbanceText.Converter.class,
            description = {
                "something that happens at a time after the start, and lasts (default: 1m); may be given again:",
                "crash@5m/30s      a replica dies, another starts in its place",
                "pause@10m/1m      a replica stands still",
                "cut@10m/1m        a replica does not reach the store",
                "clock:-5s@10m/1m  a replica's clock is set ahead, or back (default: 1h)",
                "outage@3m/2m      an instance is out of reach",
                "limit:500@5m/10m  an instance takes so many a minute",
                "join@5m           another instance is there",
                "drain@5m          an instance takes no new devices (default: for good)",
                "Each goes to the next replica, or instance, in turn."
            })
    private List<DisturbanceText> texts = new ArrayList<>();

    boolean isEmpty() {
        return texts.isEmpty();
    }

    /** @throws IllegalArgumentException with a sentence for the user */
    Hardship hardship(int instances, int replicas) {
        require(texts.size() <= DISTURBANCES_MAX, "at most %,d disturbances".formatted(DISTURBANCES_MAX));
        require(
                drainsForGood() < instances + joins(),
                "%,d instances drain for good, and no other is there for the devices".formatted(drainsForGood()));
        var turns = new Turns(Math.max(1, instances), Math.max(1, replicas));
        return Hardship.of(texts.stream().map(text -> disturbance(text, turns)).toList());
    }

    private long drainsForGood() {
        return texts.stream()
                .filter(text -> text.kind() == DisturbanceText.Kind.DRAIN && text.lasts() == null)
                .count();
    }

    private long joins() {
        return texts.stream()
                .filter(text -> text.kind() == DisturbanceText.Kind.JOIN)
                .count();
    }

    private static Disturbance disturbance(DisturbanceText text, Turns turns) {
        Duration at = text.at();
        Duration lasts = text.lastsOr(MINUTE);
        return switch (text.kind()) {
            case CRASH -> new Disturbance.Crash(turns.replica(), at, lasts);
            case PAUSE -> new Disturbance.Pause(turns.replica(), at, lasts);
            case CUT -> new Disturbance.Partition(turns.replica(), at, lasts);
            case CLOCK -> new Disturbance.ClockSet(turns.replica(), clockError(text.value()), at, lasts);
            case OUTAGE -> new Disturbance.Outage(turns.instance(), at, lasts);
            case LIMIT -> new Disturbance.OtherLimit(turns.instance(), limit(text.value()), at, lasts);
            case JOIN -> new Disturbance.Join(at);
            case DRAIN -> new Disturbance.Drain(turns.instance(), at, text.lastsOr(FOR_GOOD));
        };
    }

    private static Duration clockError(@Nullable String value) {
        if (value == null) {
            return CLOCK_ERROR;
        }
        boolean behind = value.startsWith("-");
        Duration error = duration(behind ? value.substring(1) : value);
        require(error.compareTo(CLOCK_ERROR_MAX) <= 0, "a clock is off by a year at most");
        return behind ? error.negated() : error;
    }

    private static Duration duration(String text) {
        try {
            return new DurationConverter().convert(text);
        } catch (TypeConversionException wrong) {
            throw new IllegalArgumentException("a clock is off by a duration, as in clock:-5s@10m/1m", wrong);
        }
    }

    private static int limit(@Nullable String value) {
        try {
            int perMinute = Integer.parseInt(value == null ? "" : value);
            require(
                    perMinute >= 1 && perMinute <= Limits.PER_MINUTE_MAX,
                    "a limit is 1 to %,d a minute".formatted(Limits.PER_MINUTE_MAX));
            return perMinute;
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("a limit is a number, as in limit:500@10m/1m", wrong);
        }
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }

    /** Whose turn it is. */
    private static final class Turns {
        private final int instances;
        private final int replicas;
        private int instance;
        private int replica;

        Turns(int instances, int replicas) {
            this.instances = instances;
            this.replicas = replicas;
        }

        int instance() {
            return instance++ % instances;
        }

        int replica() {
            return replica++ % replicas;
        }
    }
}
