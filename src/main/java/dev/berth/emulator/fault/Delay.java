package dev.berth.emulator.fault;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a request waits: drawn anew for each, never longer than {@code max}. */
public record Delay(Distribution distribution, Duration mean, Duration max) {
    /** No request waits longer, whatever is asked for. */
    public static final Duration MAX = Duration.ofMinutes(5);

    static final Delay NONE = new Delay(Distribution.FIXED, Duration.ZERO, MAX);

    /** How delays spread about their mean. */
    public enum Distribution {
        /** Always the mean. */
        FIXED,
        /** From nothing to twice the mean. */
        UNIFORM,
        /** As the times between independent events. */
        EXPONENTIAL,
        /** A long tail, as networks have it: the median is 0.61 of the mean, one in a hundred over six times of it. */
        LOGNORMAL
    }

    Duration draw(RandomGenerator random) {
        double factor = switch (distribution) {
            case FIXED -> 1;
            case UNIFORM -> 2 * random.nextDouble();
            case EXPONENTIAL -> random.nextExponential();
            // The mean of exp(N(m, 1)) is exp(m + 1/2).
            case LOGNORMAL -> Math.exp(random.nextGaussian() - 0.5);
        };
        var drawn = Duration.ofNanos((long) (mean.toNanos() * factor));
        return drawn.compareTo(max) > 0 ? max : drawn;
    }
}
