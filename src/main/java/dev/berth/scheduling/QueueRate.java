package dev.berth.scheduling;

import java.time.Duration;

/**
 * How fast a queue moves, now and once it is alone.
 *
 * @param shared what it gets beside those that wait at its instances, too
 * @param alone what it would get if nobody else waited there
 * @param othersWaiting their tickets
 */
record QueueRate(PoolRate shared, PoolRate alone, long othersWaiting) {

    /**
     * In how many seconds so many of its tickets are admitted, if nobody else comes: as fast as now, but not later than all that wait here together. A queue of a few holds its share
     * for as long as it has somebody, and no longer; who takes that for good sleeps while his slot passes.
     */
    double secondsToAdmit(long tickets, Duration absenceLap) {
        return Math.min(
                shared.secondsToAdmit(tickets, absenceLap), alone.secondsToAdmit(tickets + othersWaiting, absenceLap));
    }
}
