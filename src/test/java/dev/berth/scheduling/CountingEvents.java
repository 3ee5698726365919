package dev.berth.scheduling;

import dev.berth.inventory.DpsInstanceId;
import java.time.Duration;

/** Counts what the scheduler reports. */
public final class CountingEvents implements SchedulingEvents {
    public int given;
    public int dropped;
    public int leases;
    public int slotsLeased;
    public int conflicts;
    public int capped;
    public int unavailable;
    public int tickets;
    public int pauses;

    @Override
    public synchronized void slotGiven(DpsInstanceId instance) {
        given++;
    }

    @Override
    public synchronized void slotsDropped(DpsInstanceId instance, int slots) {
        dropped += slots;
    }

    @Override
    public synchronized void leased(DpsInstanceId instance, int slots, int grants) {
        leases++;
        slotsLeased += slots;
    }

    @Override
    public synchronized void ledgerConflict(DpsInstanceId instance) {
        conflicts++;
    }

    @Override
    public synchronized void ledgerCapped(DpsInstanceId instance) {
        capped++;
    }

    @Override
    public synchronized void ledgerUnavailable(DpsInstanceId instance) {
        unavailable++;
    }

    @Override
    public synchronized void ticketGiven(QueueKey queue) {
        tickets++;
    }

    @Override
    public synchronized void throttled(DpsInstanceId instance, Duration pause) {
        pauses++;
    }
}
