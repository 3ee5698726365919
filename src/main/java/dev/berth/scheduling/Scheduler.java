package dev.berth.scheduling;

import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.RepositoryUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * When and where: one per replica. Replicas meet only in {@link Ledgers} and {@link Queues}. It starts no thread and reads no clock but the
 * one it is given, so a simulation runs any number of them.
 */
public final class Scheduler {
    private final Ledgers ledgers;
    private final Queues queues;
    private final InstanceHealth health;
    private final SchedulingSettings settings;
    private final InstantSource clock;
    private final Executor prefetch;
    private final SchedulingEvents events;
    private final InstanceSelector selector;

    // One of each per instance and pool of the inventory, which bounds them.
    private final Map<DpsInstanceId, InstanceTimeline> timelines = new ConcurrentHashMap<>();
    private final Map<QueueKey, TicketQueue> ticketQueues = new ConcurrentHashMap<>();
    private volatile boolean released;

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
            SchedulingEvents events) {
        this.ledgers = ledgers;
        this.queues = queues;
        this.health = health;
        this.settings = settings;
        this.clock = clock;
        this.prefetch = prefetch;
        this.events = events;
        this.selector = new InstanceSelector(settings.selectionHorizon());
    }

    /** Decides about one device. May lease from the store; never throws because the store is away. */
    public AdmissionDecision admit(AdmissionRequest request) {
        if (released) {
            return new AdmissionDecision.Unavailable(settings.outageRetry());
        }
        try {
            return decide(request);
        } catch (RepositoryUnavailableException outage) {
            return new AdmissionDecision.Unavailable(settings.retryAfter(outage.retryAfter()));
        }
    }

    /** Takes back what was admitted but never told to the device. */
    public void giveBack(Reservation reservation) {
        timeline(reservation.instance()).giveBack(reservation);
    }

    /** Hands back what lies idle here; call it every few seconds. */
    public void tidy() {
        timelines.values().forEach(InstanceTimeline::tidy);
    }

    /** Graceful stop: hands back the tail of the newest leases and all unspent capacity. Nothing is admitted afterwards. */
    public void release() {
        released = true;
        timelines.values().forEach(InstanceTimeline::release);
    }

    private AdmissionDecision decide(AdmissionRequest request) {
        var refusals = new Refusals(settings);
        List<Candidate> open = candidates(request, refusals);
        if (open.isEmpty()) {
            return refusals.decision(clock.instant());
        }
        TicketQueue queue = ticketQueues.computeIfAbsent(
                request.queue(), key -> new TicketQueue(key, queues, settings, clock, events));
        Supplier<PoolRate> rate = () -> rate(open, request.newDevice());
        if (!queue.admits(request.ticket(), rate)) {
            return queue.place(request.ticket(), rate.get());
        }
        return take(request, open, refusals).orElseGet(() -> refused(request, queue, rate, refusals));
    }

    /** The instances that can be asked, and how they stand; why not, of the others. */
    private List<Candidate> candidates(AdmissionRequest request, Refusals refusals) {
        Instant now = clock.instant();
        var open = new ArrayList<Candidate>();
        for (DpsInstance instance : request.instances()) {
            Standing standing = timeline(instance.id()).standing(instance.limits());
            Instant healthyAt = health.availableAt(instance.id());
            Instant availableAt = healthyAt.isAfter(standing.availableAt()) ? healthyAt : standing.availableAt();
            if (availableAt.isAfter(now)) {
                refusals.unavailable(availableAt);
            } else if (!request.newDevice() || !standing.full()) {
                open.add(new Candidate(instance, standing));
            }
        }
        return open;
    }

    /** Tries the candidates from the best to the last. */
    private Optional<AdmissionDecision> take(AdmissionRequest request, List<Candidate> open, Refusals refusals) {
        var untried = new ArrayList<>(open);
        while (!untried.isEmpty()) {
            Candidate best = selector.choose(untried, clock.instant());
            untried.remove(best);
            DpsInstance instance = best.instance();
            switch (timeline(instance.id()).take(instance.limits(), request.newDevice())) {
                case SlotOutcome.Given given -> {
                    var contest = new Contest(request, open, best, selector, clock.instant());
                    return Optional.of(new AdmissionDecision.Admitted(instance, given.reservation(), contest));
                }
                case SlotOutcome.Beyond beyond -> refusals.beyond(beyond.opensAt());
                case SlotOutcome.Unavailable unavailable -> refusals.unavailable(unavailable.until());
                case SlotOutcome.Full() -> {}
            }
        }
        return Optional.empty();
    }

    private AdmissionDecision refused(
            AdmissionRequest request, TicketQueue queue, Supplier<PoolRate> rate, Refusals refusals) {
        Instant now = clock.instant();
        if (refusals.opensAt().isEmpty()) {
            return refusals.decision(now);
        }
        Instant withinHorizonAt = refusals.opensAt().get().minus(settings.horizon());
        return request.ticket() == null
                ? queue.place(null, rate.get())
                : queue.placeAtHead(request.ticket(), Duration.between(now, withinHorizonAt));
    }

    private PoolRate rate(List<Candidate> candidates, boolean newDevice) {
        double slotsPerSecond = 0;
        long freeSlots = 0;
        for (Candidate candidate : candidates) {
            var limits = candidate.instance().limits();
            long free = timeline(candidate.instance().id()).freeSlots(limits);
            slotsPerSecond += SlotSpacing.of(limits).perSecond();
            freeSlots += newDevice ? Math.min(free, candidate.remaining()) : free;
        }
        return new PoolRate(slotsPerSecond, freeSlots);
    }

    private InstanceTimeline timeline(DpsInstanceId instance) {
        return timelines.computeIfAbsent(
                instance, id -> new InstanceTimeline(id, ledgers, settings, clock, prefetch, events));
    }
}
