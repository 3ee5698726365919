package dev.berth.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Spreads the return of devices that would otherwise all come back at the same instant.
 *
 * <p>They could be asked to add chance of their own, which is to hope. Here the n-th device that is turned away gets the n-th multiple of
 * the golden ratio, modulo 1, as its fraction of an interval: however many there are, they fill it evenly, in whatever order they come. The
 * interval grows with how many were turned away during the last second, so that no more return in a second than {@code perSecond}.
 */
final class ReturnSpread {
    /** So many may return to a replica in one second, whatever they wait for. */
    static final double RETURNS_PER_SECOND = 1_000;

    /** The golden ratio's fraction: multiples of it fill an interval evenly. */
    private static final double GOLDEN = 0.618_033_988_749_895;

    private final AtomicLong turnedAway = new AtomicLong();
    private final Demand demand = new Demand();

    /** A fraction between 0 and 1 for the {@code number}-th of many. */
    static double fraction(long number) {
        double multiple = number * GOLDEN;
        return multiple - Math.floor(multiple);
    }

    /**
     * {@code wait}, or longer, but not beyond {@code longest}.
     *
     * @param least the interval to spread over if few return
     */
    Duration over(Duration wait, Duration least, double perSecond, Duration longest, Instant now) {
        double nanos = Math.max(least.toNanos(), (recent(now) / Math.max(perSecond, 1e-9) - 1) * 1e9);
        double offset = fraction(turnedAway.getAndIncrement()) * Math.min(nanos, longest.toNanos() / 2.0);
        Duration later = wait.plusNanos((long) offset);
        return later.compareTo(longest) <= 0 ? later : longest.minusNanos((long) offset);
    }

    private synchronized double recent(Instant now) {
        demand.add(now);
        return demand.recent(now);
    }
}
