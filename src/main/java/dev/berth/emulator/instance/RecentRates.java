package dev.berth.emulator.instance;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * How many requests each of the last seconds held: a ring of counters, one step a second, cleared as time passes over it.
 * Not thread-safe.
 */
final class RecentRates {
    static final int SECONDS = 120;

    /** The complete seconds that are told, and the one in progress. */
    private static final int RING = SECONDS + 1;

    private final int[] accepted = new int[RING];
    private final int[] throttled = new int[RING];
    private long newest;

    void accepted(long now) {
        accepted[index(now)]++;
    }

    void throttled(long now) {
        throttled[index(now)]++;
    }

    /** The last complete seconds, oldest first. */
    SecondRates told(long now) {
        int current = index(now);
        return new SecondRates(unrolled(accepted, current), unrolled(throttled, current));
    }

    private int index(long now) {
        long second = TimeUnit.NANOSECONDS.toSeconds(now);
        for (long passed = Math.max(newest + 1, second - RING + 1); passed <= second; passed++) {
            int index = (int) (passed % RING);
            accepted[index] = 0;
            throttled[index] = 0;
        }
        newest = Math.max(newest, second);
        return (int) (newest % RING);
    }

    private static List<Integer> unrolled(int[] ring, int current) {
        return IntStream.concat(Arrays.stream(ring, current + 1, RING), Arrays.stream(ring, 0, current))
                .boxed()
                .toList();
    }
}
