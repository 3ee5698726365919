package dev.berth.simulation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Exponential backoff with full jitter: anything up to a wait that doubles with each attempt. */
final class Backoff {
    static final Duration BASE = Duration.ofSeconds(1);
    static final Duration MAX = Duration.ofMinutes(15);
    private static final int DOUBLINGS_MAX = 30;

    private final byte[] attempts;
    private final RandomGenerator random;

    Backoff(int devices, RandomGenerator random) {
        this.attempts = new byte[devices];
        this.random = random;
    }

    /** How long the device waits after another failure, in nanoseconds. */
    long next(int device) {
        long most = Math.min(MAX.toNanos(), BASE.toNanos() << attempts[device]);
        attempts[device] = (byte) Math.min(DOUBLINGS_MAX, attempts[device] + 1);
        return random.nextLong(most) + 1;
    }
}
