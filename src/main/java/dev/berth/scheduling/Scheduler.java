package dev.berth.scheduling;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.RepositoryUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When and where: one per replica. Replicas meet only in {@link Ledgers} and {@link Queues}. It starts no thread and reads no clock but the
 * one it is given, so a simulation runs any number of them.
 */
public final class Scheduler {
    private final Ledgers ledgers;
    private final Queues queues;
    private final InstanceHealth health;
    private final BooleanSupplier onTime;
    private final SchedulingSettings settings;
    private final InstantSource clock;
    private final Executor prefetch;
    private final SchedulingEvents events;
    private final InstanceSelector selector;
    private final Offers offers;

    // One of each per instance and tenant of the inventory, which bounds them.
    private final Map<DpsInstanceId, InstanceTimeline> timelines = new ConcurrentHashMap<>();
    private final Map<TenantId, TenantQueues> queuesByTenant = new ConcurrentHashMap<>();
    private final ReturnSpread returns;
    private volatile boolean released;

    /**
     * @param offset of {@code clock} from the store's
     * @param prefetch where the next block is leased while this one is being spent; {@code Runnable::run} does it on the spot
     */
    public Scheduler(
            Ledgers ledgers,
            Queues queues,
            InstanceHealth health,
            ClockOffset offset,
            SchedulingSettings settings,
            InstantSource clock,
            Executor prefetch,
            SchedulingEvents events) {
        this(ledgers, queues, health, offset::isWithinBound, settings, clock, prefetch, events);
    }

    /** One that takes its clock for the store's. */
    public Scheduler(
            Ledgers ledgers,
            Queues queues,
            InstanceHealth health,
            SchedulingSettings settings,
            InstantSource clock,
            Executor prefetch,
            SchedulingEvents events) {
        this(ledgers, queues, health, () -> true, settings, clock, prefetch, events);
    }

    private Scheduler(
            Ledgers ledgers,
            Queues queues,
            InstanceHealth health,
            BooleanSupplier onTime,
            SchedulingSettings settings,
            InstantSource clock,
            Executor prefetch,
            SchedulingEvents events) {
        this.ledgers = ledgers;
        this.queues = queues;
        this.health = health;
        this.onTime = onTime;
        this.settings = settings;
        this.clock = clock;
        this.prefetch = prefetch;
        this.events = events;
        this.selector = new InstanceSelector(settings.selectionHorizon());
        this.returns = new ReturnSpread(settings.retryAfterMax());
        this.offers = new InstanceOffers(timelines, health, settings, clock);
    }

    /** Whether this replica's clock lets it tell devices when to come. */
    public boolean isOnTime() {
        return onTime.getAsBoolean();
    }

    /** Decides about one device. May lease from the store; never throws because the store is away. */
    public AdmissionDecision admit(AdmissionRequest request) {
        if (released || !isOnTime()) {
            return new AdmissionDecision.Unavailable(settings.outageRetry());
        }
        try {
            return spread(decide(request));
        } catch (RepositoryUnavailableException outage) {
            return spread(new AdmissionDecision.Unavailable(settings.retryAfter(outage.retryAfter())));
        }
    }

    /** Takes back what was admitted but never told to the device. */
    public void giveBack(Reservation reservation) {
        timeline(reservation.instance()).giveBack(reservation);
    }

    /** Hears what DPS answered to a device that was told {@code slot} of {@code instance}; once for each slot. */
    public void reported(DpsInstanceId instance, RegistrationId device, Instant slot, RegistrationResult result) {
        timeline(instance).reported(device.value(), slot, result);
    }

    /**
     * Hands back what lies idle here, and moves queues in which devices sleep; call it every second. By a clock that is off nothing is dated,
     * so it waits until that is right.
     */
    public void tidy() {
        if (isOnTime()) {
            timelines.values().forEach(InstanceTimeline::tidy);
            queuesByTenant.values().forEach(TenantQueues::tidy);
        }
    }

    /** Graceful stop: hands back the tail of the newest leases and all unspent capacity. Nothing is admitted afterwards. */
    public void release() {
        released = true;
        timelines.values().forEach(InstanceTimeline::release);
    }

    private AdmissionDecision decide(AdmissionRequest request) {
        List<Candidate> candidates = candidates(request);
        if (candidates.isEmpty()) {
            return withUnavailable(Refusals.NONE, request).decision(settings, clock.instant());
        }
        TenantQueues waiting = queues(request.queue().owner());
        waiting.refresh();
        List<Candidate> open = open(request, candidates, waiting);
        return take(request, open, open.size() == candidates.size(), waiting);
    }

    /** Those without a place in a queue would all come back when the instance or the store does. */
    private AdmissionDecision spread(AdmissionDecision decision) {
        return switch (decision) {
            case AdmissionDecision.Admitted admitted -> admitted;
            case AdmissionDecision.Queued queued -> queued;
            case AdmissionDecision.Full(Duration retryAfter) -> new AdmissionDecision.Full(spread(retryAfter));
            case AdmissionDecision.Unavailable(Duration retryAfter) ->
                new AdmissionDecision.Unavailable(spread(retryAfter));
        };
    }

    private Duration spread(Duration wait) {
        return returns.after(wait, ReturnSpread.RETURNS_PER_SECOND, clock.instant());
    }

    /** The instances that can be asked and may have room, and how they stand. */
    private List<Candidate> candidates(AdmissionRequest request) {
        Instant now = clock.instant();
        var candidates = new ArrayList<Candidate>(request.instances().size());
        for (DpsInstance instance : request.instances()) {
            Candidate candidate = candidate(instance);
            if (!availableAt(candidate).isAfter(now)
                    && !(request.newDevice() && candidate.standing().full())) {
                candidates.add(candidate);
            }
        }
        return candidates;
    }

    private Candidate candidate(DpsInstance instance) {
        return new Candidate(instance, timeline(instance).standing(instance.limits()));
    }

    private Instant availableAt(Candidate candidate) {
        return candidate
                .standing()
                .availableAfter(health.availableAt(candidate.instance().id()));
    }

    /** Those where the device overtakes nobody. */
    private static List<Candidate> open(AdmissionRequest request, List<Candidate> candidates, TenantQueues waiting) {
        @Nullable Ticket ticket = request.ticket();
        if (ticket != null) {
            return waiting.admits(ticket) ? candidates : List.of();
        }
        return waiting.isUnused()
                ? candidates
                : candidates.stream()
                        .filter(candidate ->
                                waiting.isOpenToNewcomers(candidate.instance().id()))
                        .toList();
    }

    /** Tries the open candidates, who are {@code all} or not, from the best to the last. */
    private AdmissionDecision take(AdmissionRequest request, List<Candidate> open, boolean all, TenantQueues waiting) {
        Refusals refusals = Refusals.NONE;
        List<Candidate> untried = open;
        while (!untried.isEmpty()) {
            Candidate best = selector.choose(untried, clock.instant());
            DpsInstance instance = best.instance();
            InstanceTimeline timeline = timeline(instance);
            if (untried.size() > 1 && timeline.lookIfBlind()) {
                untried = replaced(untried, best, candidate(instance));
                continue;
            }
            switch (timeline.take(instance.limits(), request.newDevice())) {
                case Reservation given -> {
                    var contest = new Contest(request, open, best, selector, clock.instant());
                    return new AdmissionDecision.Admitted(instance, given, contest);
                }
                case SlotOutcome.Beyond beyond -> refusals = refusals.beyond(beyond.opensAt());
                case SlotOutcome.Unavailable unavailable -> refusals = refusals.unavailable(unavailable.until());
                case SlotOutcome.Full() -> {}
            }
            untried = without(untried, best);
        }
        return refused(request, all, waiting, refusals);
    }

    private static List<Candidate> replaced(List<Candidate> candidates, Candidate old, Candidate current) {
        var replaced = new ArrayList<>(candidates);
        replaced.set(candidates.indexOf(old), current);
        return replaced;
    }

    private static List<Candidate> without(List<Candidate> candidates, Candidate tried) {
        var rest = new ArrayList<>(candidates);
        rest.remove(tried);
        return rest;
    }

    private AdmissionDecision refused(
            AdmissionRequest request, boolean triedAll, TenantQueues waiting, Refusals refusals) {
        Instant now = clock.instant();
        @Nullable Instant opensAt = refusals.opensAt();
        if (triedAll && opensAt == null) {
            return withUnavailable(refusals, request).decision(settings, now);
        }
        @Nullable Ticket ticket = request.ticket();
        return ticket == null || opensAt == null || !triedAll
                ? waiting.place(request)
                : waiting.placeAtHead(request, ticket, Duration.between(now, opensAt.minus(settings.horizon())));
    }

    /** And those that were no candidates because they cannot be asked now. */
    private Refusals withUnavailable(Refusals refusals, AdmissionRequest request) {
        Instant now = clock.instant();
        Refusals all = refusals;
        for (DpsInstance instance : request.instances()) {
            Instant availableAt = availableAt(candidate(instance));
            all = availableAt.isAfter(now) ? all.unavailable(availableAt) : all;
        }
        return all;
    }

    /** That of an instance with its newest limits, so that whoever waits there is let in by whoever is awake. */
    private InstanceTimeline timeline(DpsInstance instance) {
        InstanceTimeline timeline = timeline(instance.id());
        timeline.know(instance);
        return timeline;
    }

    private TenantQueues queues(TenantId owner) {
        @Nullable TenantQueues known = queuesByTenant.get(owner);
        return known != null
                ? known
                : queuesByTenant.computeIfAbsent(
                        owner, id -> new TenantQueues(id, queues, offers, settings, clock, events));
    }

    private InstanceTimeline timeline(DpsInstanceId instance) {
        @Nullable InstanceTimeline known = timelines.get(instance);
        return known != null
                ? known
                : timelines.computeIfAbsent(
                        instance, id -> new InstanceTimeline(id, ledgers, settings, clock, prefetch, events));
    }
}
