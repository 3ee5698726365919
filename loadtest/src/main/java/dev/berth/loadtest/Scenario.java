package dev.berth.loadtest;

import io.gatling.javaapi.core.OpenInjectionStep;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** What can happen to a fleet. */
enum Scenario {
    FIRST_BOOT_STORM("new devices are switched on at the same instant, register and report", Duration.ZERO) {
        @Override
        List<Phase> phases(int devices, Duration over) {
            return List.of(
                    warmUp(devices, devices),
                    measured("storm", Behaviour.BOOTS, devices, Arrivals.evenly(devices, rush(over))));
        }
    },
    BLACKOUT_OF_NEW_DEVICES(
            "the power fails while new devices wait for their slots, and returns to all of them",
            Duration.ofSeconds(5)) {
        @Override
        List<Phase> phases(int devices, Duration over) {
            return List.of(
                    prepared("told", Behaviour.ASKS, devices),
                    measured("power returns", Behaviour.BOOTS, devices, Arrivals.evenly(devices, over)));
        }
    },
    BLACKOUT_OF_ASSIGNED_DEVICES(
            "the power returns to registered devices: they ask for their hub", Duration.ofSeconds(5)) {
        @Override
        List<Phase> phases(int devices, Duration over) {
            return List.of(
                    prepared("registered", Behaviour.REPORTS_AT_ONCE, devices),
                    measured("power returns", Behaviour.ASKS, devices, Arrivals.evenly(devices, over)));
        }
    },
    BLACK_FRIDAY_RAMP("new devices are unpacked, more in each second than in the one before", Duration.ofSeconds(60)) {
        @Override
        List<Phase> phases(int devices, Duration over) {
            return List.of(
                    warmUp(devices, devices),
                    measured("unpacked", Behaviour.BOOTS, devices, Arrivals.rising(devices, over)));
        }
    },
    UPDATE_WAVE(
            "registered devices register again after an update, in rings of 1, 9, 30 and 60 %",
            Duration.ofSeconds(40)) {
        @Override
        List<Phase> phases(int devices, Duration over) {
            return List.of(
                    prepared("registered", Behaviour.REPORTS_AT_ONCE, devices),
                    measured("updated", Behaviour.REGISTERS_AGAIN, devices, Arrivals.inRings(devices, over)));
        }
    },
    STEADY_STATE("registered devices restart now and then, and one in ten that comes is new", Duration.ofSeconds(60)) {
        @Override
        List<Phase> phases(int devices, Duration over) {
            int known = devices - devices / NEW_ONE_IN;
            return List.of(
                    prepared("registered", Behaviour.REPORTS_AT_ONCE, known),
                    new Phase(
                            "restarts",
                            Behaviour.BOOTS,
                            true,
                            devices,
                            n -> n % NEW_ONE_IN == NEW_ONE_IN - 1 ? known + n / NEW_ONE_IN : n - n / NEW_ONE_IN,
                            Arrivals.evenly(devices, over)));
        }
    },
    OVERLOAD(
            "first as many as are served at once, then more that insist on an answer and hear no Retry-After",
            Duration.ZERO) {
        @Override
        List<Phase> phases(int devices, Duration over) {
            int few = Math.max(1, devices / 20);
            int many = Math.max(1, devices / 4);
            int rest = Math.max(1, devices - few - many);
            return List.of(
                    warmUp(devices, devices),
                    measured(UNLOADED, Behaviour.ASKS, few, Arrivals.evenly(few, Duration.ofSeconds(10))),
                    new Phase(PEAK, Behaviour.ASKS, true, many, n -> few + n, Arrivals.atOnce(many)),
                    new Phase(
                            INSISTENT,
                            Behaviour.INSISTS,
                            true,
                            rest,
                            n -> few + many + n,
                            Arrivals.evenly(rest, rush(over))));
        }
    };

    static final String UNLOADED = "unloaded";
    static final String PEAK = "at its peak";
    static final String INSISTENT = "overloaded";
    static final int NEW_ONE_IN = 10;

    /** Devices that only warm the service up: this share of the others. */
    private static final double WARM_UP = 0.2;

    private static final int PREPARED_A_SECOND = 60;

    private final String says;
    private final Duration over;

    Scenario(String says, Duration over) {
        this.says = says;
        this.over = over;
    }

    /** What happens, one phase after the other; phases that are not measured come first. */
    abstract List<Phase> phases(int devices, Duration over);

    String says() {
        return says;
    }

    /** Within which the devices of the measured phase come, unless told otherwise. */
    Duration over() {
        return over;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Scenario> named(String name) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.toString().equals(name))
                .findFirst();
    }

    /** How many certificates these phases need. */
    static int certificates(List<Phase> phases) {
        return phases.stream()
                        .mapToInt(phase -> IntStream.range(0, phase.count())
                                .map(phase.device())
                                .max()
                                .orElse(-1))
                        .max()
                        .orElse(-1)
                + 1;
    }

    private static Phase warmUp(int devices, int after) {
        int count = Math.max(1, (int) (devices * WARM_UP));
        return new Phase(
                "warm-up",
                Behaviour.REPORTS_AT_ONCE,
                false,
                count,
                n -> after + n,
                Arrivals.evenly(count, prepared(count)));
    }

    private static Phase prepared(String name, Behaviour behaviour, int count) {
        return new Phase(
                name, behaviour, false, count, IntUnaryOperator.identity(), Arrivals.evenly(count, prepared(count)));
    }

    private static Phase measured(String name, Behaviour behaviour, int count, List<OpenInjectionStep> arrivals) {
        return new Phase(name, behaviour, true, count, IntUnaryOperator.identity(), arrivals);
    }

    /** The same instant, for all that a load generator knows: it takes time to begin. */
    private static Duration rush(Duration over) {
        return over.isZero() ? Duration.ofSeconds(1) : over;
    }

    private static Duration prepared(int count) {
        return Duration.ofSeconds(Math.max(1, count / PREPARED_A_SECOND));
    }
}
