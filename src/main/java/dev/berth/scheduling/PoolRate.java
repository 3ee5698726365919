package dev.berth.scheduling;

import java.time.Duration;

/**
 * What an instance, or a queue's part of several, can take.
 *
 * <p>While devices wait, a {@link SchedulingSettings#reserve} of slots is kept free at the far end of the horizon. Without it a slot would be leased in the
 * moment in which it comes within the horizon, by itself; with it, a replica that looks for slots finds a whole block, which costs one write
 * as well. It is also what newcomers have to leave to those that were let in last and are on their way.
 *
 * @param slotsPerSecond that open at the far end of the horizon
 * @param freeSlots within the horizon, that no device has yet
 * @param reservedSlots so many of them are kept free
 */
record PoolRate(double slotsPerSecond, double freeSlots, double reservedSlots) {
    static final PoolRate NOTHING = new PoolRate(0, 0, 0);

    static PoolRate of(double slotsPerSecond, long freeSlots, Duration reserve) {
        return new PoolRate(slotsPerSecond, freeSlots, slotsPerSecond * seconds(reserve));
    }

    PoolRate plus(PoolRate other) {
        return new PoolRate(
                slotsPerSecond + other.slotsPerSecond,
                freeSlots + other.freeSlots,
                reservedSlots + other.reservedSlots);
    }

    PoolRate times(double share) {
        return new PoolRate(slotsPerSecond * share, freeSlots * share, reservedSlots * share);
    }

    PoolRate atMost(long slots) {
        return new PoolRate(slotsPerSecond, Math.min(freeSlots, (double) slots), reservedSlots);
    }

    double slotsWithin(Duration duration) {
        return slotsPerSecond * seconds(duration);
    }

    boolean hasReserve() {
        return surplus() >= 0;
    }

    /** How many tickets are admitted in a second: what is free beyond the reserve goes within a lap, and what it lacks is saved in one. */
    double ticketsPerSecond(Duration absenceLap) {
        return Math.max(0, slotsPerSecond + surplus() / seconds(absenceLap));
    }

    /** In how many seconds so many tickets are admitted at the latest, if nothing else happens: while the reserve is filled up, not all are. */
    double secondsToAdmit(long tickets, Duration absenceLap) {
        double meanwhile = tickets / ticketsPerSecond(absenceLap);
        return hasReserve() ? meanwhile : Math.min(meanwhile, (tickets - surplus()) / slotsPerSecond);
    }

    private double surplus() {
        return freeSlots - reservedSlots;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
