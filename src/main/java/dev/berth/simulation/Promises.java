package dev.berth.simulation;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.Stream;

/**
 * What must hold at every event. At any moment a replica holds at most a block of an instance's slots that nobody was told, as much capacity that
 * no device has, and one more of each that it is about to tell or got back. So a device is overtaken by at most as many as all replicas hold
 * together; and what is committed and no device's is no more than that either, and as much for each replica that died.
 */
final class Promises {
    /** By then all replicas have looked at the inventory. */
    private static final long DRAIN_KNOWN_AFTER = 2_000_000_000L;

    private static final long NEVER = Long.MAX_VALUE - DRAIN_KNOWN_AFTER;

    private final SimulationPlan plan;
    private final Tenants tenants;
    private final VirtualClock clock;
    private final int heldMax;
    private final Overtaking[] overtaking;
    private final int[] assignedTo;
    private final long[] generation;
    private final long[] assigned;
    private final long[] drainsSince;
    private final BitSet written = new BitSet();
    private int lostBlocks;
    private long events;

    Promises(SimulationPlan plan, Tenants tenants, VirtualClock clock) {
        this.plan = plan;
        this.tenants = tenants;
        this.clock = clock;
        this.heldMax = plan.spread().settings().blockSlotsMax() + 1;
        this.overtaking =
                Stream.generate(Overtaking::new).limit(plan.instancesEver()).toArray(Overtaking[]::new);
        this.assignedTo = new int[plan.devices()];
        this.generation = new long[plan.devices()];
        this.assigned = new long[plan.instancesEver()];
        this.drainsSince = new long[plan.instancesEver()];
        Arrays.fill(drainsSince, NEVER);
    }

    void nextEvent() {
        events++;
    }

    long events() {
        return events;
    }

    void drains(int instance) {
        drainsSince[instance] = clock.nanos();
    }

    void drainsNoMore(int instance) {
        drainsSince[instance] = NEVER;
    }

    /** One assignment of a generation; generations grow; it is in the device's pool; and no instance is assigned more than it holds. */
    void assigned(int device, int instance, long newGeneration) {
        if (newGeneration < generation[device]) {
            broken("device %d went back from generation %d to %d".formatted(device, generation[device], newGeneration));
        }
        if (newGeneration == generation[device] && instance != assignedTo[device]) {
            broken("device %d was told instances %d and %d".formatted(device, assignedTo[device], instance));
        }
        if (!tenants.tenancy(tenants.of(device)).mayUse(instance)) {
            broken("device %d was told instance %d, which is not for its tenant".formatted(device, instance));
        }
        if (newGeneration > generation[device]) {
            if (clock.nanos() > drainsSince[instance] + DRAIN_KNOWN_AFTER) {
                broken("device %d was given to instance %d, which drains".formatted(device, instance));
            }
            generation[device] = newGeneration;
            assignedTo[device] = instance;
            if (++assigned[instance] > plan.registrationsMax()) {
                broken("instance %d was assigned %,d devices".formatted(instance, assigned[instance]));
            }
        }
    }

    /** The device's slot may have been written some time before it is told: then its place is an older one. */
    void mayBeWritten(int device) {
        written.set(device);
    }

    /** A fresh slot was told. */
    void told(int device, int instance, long slot) {
        if (written.get(device)) {
            written.clear(device);
            return;
        }
        int overtaken = overtaking[instance].add(slot);
        if (overtaken > plan.replicas() * heldMax) {
            broken("device %d is the %dth to overtake another at instance %d".formatted(device, overtaken, instance));
        }
    }

    /** A device that keeps to its window registers. */
    void arrived(int instance, DpsModel dps, DpsModel.Answer answer) {
        if (answer == DpsModel.Answer.THROTTLED) {
            broken("instance %d answered 429".formatted(instance));
        }
        if (dps.lastMinute() > dps.limitPerMinute()) {
            broken("instance %d saw %,d registrations in 60 s".formatted(instance, dps.lastMinute()));
        }
    }

    /** A replica died with what it held, or never heard that it leased more. */
    void blockLost() {
        lostBlocks++;
    }

    /** There is room for all that are committed, and for each device; what no device has is held by replicas, or was when they died. */
    void committed(int instance, long committed) {
        if (committed > plan.registrationsMax()) {
            broken("%,d registrations are committed at instance %d".formatted(committed, instance));
        }
        long unused = committed - assigned[instance];
        if (unused < 0) {
            broken("instance %d was assigned %,d devices more than are committed".formatted(instance, -unused));
        }
        if (unused > (long) (plan.replicas() + lostBlocks) * heldMax) {
            broken("%,d registrations of instance %d have leaked".formatted(unused, instance));
        }
    }

    private void broken(String what) {
        throw new BrokenPromiseException(plan.seed(), events, clock.nanos() / 1e9, what);
    }
}
