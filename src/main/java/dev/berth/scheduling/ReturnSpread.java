package dev.berth.scheduling;

import java.time.Duration;
import java.time.Instant;

/**
 * Spreads the return of devices that would otherwise all come back at the same instant.
 *
 * <p>They could be asked to add chance of their own, which is to hope. Here every second to come is a bin that holds so many, and a device
 * that is turned away returns in the first bin with room from its wish on: who is told a short wait is not put behind those who were told a
 * long one. Once all bins are full, returns are spread over the later half of the longest wait, by multiples of the golden ratio, which fill
 * an interval evenly in whatever order they come. The cost is a number for each second of the longest wait.
 */
final class ReturnSpread {
    /** So many may return to a replica in one second, whatever they wait for. */
    static final double RETURNS_PER_SECOND = 1_000;

    private static final double GOLDEN = 0.618_033_988_749_895;

    private final Duration longest;
    private final long[] secondOfBin;
    private final int[] returnsOfBin;
    private long turnedAway;

    ReturnSpread(Duration longest) {
        this.longest = longest;
        int bins = Math.toIntExact(longest.toSeconds()) + 2; // of one more than the longest wait can touch
        this.secondOfBin = new long[bins];
        this.returnsOfBin = new int[bins];
    }

    /** A fraction between 0 and 1 for the {@code number}-th of many. */
    static double fraction(long number) {
        double multiple = number * GOLDEN;
        return multiple - Math.floor(multiple);
    }

    /** {@code wait}, or longer if {@code perSecond} return then already, but not longer than the longest. */
    synchronized Duration after(Duration wait, double perSecond, Instant now) {
        double fraction = fraction(turnedAway++);
        long first = now.plus(wait).getEpochSecond();
        long last = now.plus(longest).getEpochSecond();
        for (long second = first; second <= last; second++) {
            if (takesOneMore(second, perSecond)) {
                Instant start = Instant.ofEpochSecond(second);
                return second == first
                        ? wait
                        : atMostLongest(Duration.between(now, start.plusNanos((long) (fraction * 1e9))));
            }
        }
        return longest.minusNanos((long) (fraction * longest.toNanos() / 2));
    }

    private boolean takesOneMore(long second, double perSecond) {
        int bin = Math.floorMod(second, secondOfBin.length);
        if (secondOfBin[bin] != second) {
            secondOfBin[bin] = second;
            returnsOfBin[bin] = 0;
        }
        boolean takes = returnsOfBin[bin] < Math.max(1, perSecond);
        returnsOfBin[bin] += takes ? 1 : 0;
        return takes;
    }

    private Duration atMostLongest(Duration wait) {
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
