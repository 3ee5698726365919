package dev.berth.simulation;

import dev.berth.scheduling.SchedulingSettings;
import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Who registers, and so how far apart two registrations can be delayed. */
public enum Spread {
    /** The device itself, over the internet. */
    DIRECT(
            SchedulingSettings.DEFAULT.registerWithin(),
            SchedulingSettings.DEFAULT.clockSkewMax(),
            SchedulingSettings.DEFAULT.networkSpreadMax()),
    /** Berth on the device's behalf, from its data center. */
    PROXY(Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(99));

    /** Most devices are prompt; one in ten comes at any moment of what it is allowed. */
    private static final double SLOW_SHARE = 0.1;

    private static final double PROMPTNESS = 8;

    private final Duration registerWithin;
    private final Duration clockSkewMax;
    private final Duration networkSpreadMax;

    Spread(Duration registerWithin, Duration clockSkewMax, Duration networkSpreadMax) {
        this.registerWithin = registerWithin;
        this.clockSkewMax = clockSkewMax;
        this.networkSpreadMax = networkSpreadMax;
    }

    /** What an instance has to allow for. */
    public Duration arrivalSpread() {
        return registerWithin
                .plus(clockSkewMax)
                .plus(SchedulingSettings.ROUNDING)
                .plus(networkSpreadMax);
    }

    Duration registerWithin() {
        return registerWithin;
    }

    /** How far the clock of a replica is ahead, in nanoseconds; two differ by at most the skew that is allowed. */
    long clockOffset(RandomGenerator random) {
        return random.nextLong(clockSkewMax.toNanos()) - clockSkewMax.toNanos() / 2;
    }

    /** From the end of a device's sleep until DPS sees its request, in nanoseconds. */
    long delay(RandomGenerator random) {
        return within(registerWithin, random) + within(networkSpreadMax, random);
    }

    /** A device that wakes at {@code nanos}, for a slot then, and registers with an instance. */
    Move.Register registration(int instance, long nanos, RandomGenerator random) {
        return new Move.Register(instance, nanos, nanos + delay(random));
    }

    private static long within(Duration most, RandomGenerator random) {
        double share = random.nextDouble() < SLOW_SHARE
                ? random.nextDouble()
                : Math.min(1, -Math.log(1 - random.nextDouble()) / PROMPTNESS);
        return (long) (share * most.toNanos());
    }

    /** The default settings with these windows. */
    SchedulingSettings settings() {
        return SchedulingSettings.DEFAULT.withSpread(registerWithin, clockSkewMax, networkSpreadMax);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
