package dev.berth.emulator.fault;

import dev.berth.emulator.protocol.Ticker;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The faults of one instance, at most one of a kind, and what they have done.
 *
 * <p>Each fault has a random sequence of its own, made of the seed, the instance's name and its kind, and starts over when it
 * is put. So what becomes of the n-th request that a fault may hit depends on these and on n alone: not on the time, nor
 * on other faults, nor on what came before it was put.
 */
public final class InstanceFaults {
    private final String instance;
    private final long seed;
    private final Ticker ticker;
    private final Map<FaultKind, ActiveFault> active = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);
    private volatile boolean any;

    public InstanceFaults(String instance, long seed, Ticker ticker) {
        this.instance = instance;
        this.seed = seed;
        this.ticker = ticker;
    }

    /** A fault and how long it will go on, unless it does not end by itself. */
    public record Running(Fault fault, Optional<Duration> remaining) {}

    /** Decides about one request; costs a read while no fault is set. */
    public FaultPlan plan(FaultTarget target) {
        return any ? decided(target) : FaultPlan.NONE;
    }

    /** Delays add up; of disruptions the first in the order of the kinds strikes, and counts. */
    private synchronized FaultPlan decided(FaultTarget target) {
        long now = dropEnded();
        var plan = FaultPlan.NONE;
        for (var fault : active.values()) {
            var hit = fault.next(target, now);
            if (hit != null
                    && (plan.disruption() instanceof Disruption.None || hit.disruption() instanceof Disruption.None)) {
                counts.merge(hit.kind(), 1L, Long::sum);
                plan = plan.and(hit);
            }
        }
        return plan;
    }

    /** Puts a fault in place of the one of its kind. */
    public synchronized void put(Fault fault) {
        active.put(fault.kind(), ActiveFault.of(fault, seed, instance, ticker.nanos()));
        any = true;
    }

    /** Ends the fault of this kind, if there is one. */
    public synchronized boolean remove(FaultKind kind) {
        dropEnded();
        boolean existed = active.remove(kind) != null;
        any = !active.isEmpty();
        return existed;
    }

    public synchronized void removeAll() {
        active.clear();
        any = false;
    }

    /** Those that have not ended, in the order in which they are looked at. */
    public synchronized List<Running> list() {
        long now = dropEnded();
        return active.values().stream()
                .map(fault -> new Running(
                        fault.fault(), fault.endless() ? Optional.empty() : Optional.of(fault.remaining(now))))
                .toList();
    }

    /** How many requests each kind has hit. */
    public synchronized Map<FaultKind, Long> counts() {
        return counts.isEmpty() ? Map.of() : new EnumMap<>(counts);
    }

    public synchronized void clearCounts() {
        counts.clear();
    }

    private long dropEnded() {
        long now = ticker.nanos();
        active.values().removeIf(fault -> fault.over(now));
        any = !active.isEmpty();
        return now;
    }
}
