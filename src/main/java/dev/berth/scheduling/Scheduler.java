package dev.berth.scheduling;

import java.time.InstantSource;
import java.util.concurrent.Executor;

/** When and where: one per replica; replicas meet only in {@link Ledgers} and {@link Queues}. */
public final class Scheduler {

    /**
     * @param prefetch where the next block is leased while this one is being spent; {@code Runnable::run} does it on the spot
     */
    public Scheduler(
            Ledgers ledgers,
            Queues queues,
            InstanceHealth health,
            SchedulingSettings settings,
            InstantSource clock,
            Executor prefetch,
            SchedulingEvents events) {}

    /** Decides about one device. May lease from the store; never throws because the store is away. */
    public AdmissionDecision admit(AdmissionRequest request) {
        return new AdmissionDecision.Unavailable(SchedulingSettings.RETRY_AFTER_MIN);
    }

    /** Takes back what was admitted but never told to the device. */
    public void giveBack(Reservation reservation) {}

    /** Returns capacity that lies idle here; call it every few seconds. */
    public void tidy() {}

    /** Graceful stop: returns the tail of the newest leases and all unspent capacity. Nothing may be admitted afterwards. */
    public void release() {}
}
