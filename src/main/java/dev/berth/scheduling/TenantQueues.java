package dev.berth.scheduling;

import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.RepositoryUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All queues at the instances of one tenant, as one replica sees them. Once in {@code ledgerFreshFor} it reads them together and moves the
 * watermarks of those that wait, each by its share. A queue is written at most once in that time, by whichever replica comes first:
 * what the others find then has just been moved.
 */
final class TenantQueues {
    /** So many rounds are left to a replica that knows all instances of a queue, before one moves it that knows only some. */
    private static final int ROUNDS_FOR_WHO_KNOWS_MORE = 10;

    private final TenantId owner;
    private final Queues queues;
    private final Offers offers;
    private final SchedulingSettings settings;
    private final InstantSource clock;
    private final SchedulingEvents events;
    private final ReentrantLock round = new ReentrantLock();
    private final Map<QueueKey, TicketQueue> ticketQueues = new ConcurrentHashMap<>();
    private volatile QueueView view;
    private volatile Instant outageUntil = Instant.MIN;

    TenantQueues(
            TenantId owner,
            Queues queues,
            Offers offers,
            SchedulingSettings settings,
            InstantSource clock,
            SchedulingEvents events) {
        this.owner = owner;
        this.queues = queues;
        this.offers = offers;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
        this.view = view(Map.of(), Freshness.NEVER);
    }

    /** Reads and moves the queues if that is due. Only the first device of a replica, and one a second after it, wait for this. */
    void refresh() {
        boolean neverSeen = view.freshness().equals(Freshness.NEVER);
        if (isFresh() || !(neverSeen ? lock() : round.tryLock())) {
            return;
        }
        try {
            if (!isFresh()) {
                view = nextRound();
            }
        } catch (RepositoryUnavailableException outage) {
            if (neverSeen) {
                throw outage;
            }
            outageUntil = clock.instant().plus(settings.outageRetry()); // meanwhile only order suffers
        } finally {
            round.unlock();
        }
    }

    /**
     * Moves what waits although nobody asks. A queue moves by no more at once than there is to be had, which for the last registrations of an
     * instance is little: moved by asks alone, it would stand still while a device sleeps, and make what that was told untrue.
     */
    void tidy() {
        if (view.states().values().stream().anyMatch(state -> !state.isEmpty())) {
            refresh();
        }
    }

    /** Whether the turn of this ticket has come. */
    boolean admits(Ticket ticket) {
        return ticket.number() < view.state(ticket.queue()).watermark();
    }

    /** Whether no device ever waited at any instance. */
    boolean isUnused() {
        return view.queued().isEmpty();
    }

    /** Whether a device without a ticket may take a slot of {@code instance} and overtakes nobody, in whatever queue. */
    boolean isOpenToNewcomers(DpsInstanceId instance) {
        QueueView seen = view;
        return !seen.shares().isAwaited(instance) && (!seen.queued().contains(instance) || offers.hasReserve(instance));
    }

    /** The place of a device that may not take a slot yet, with a new ticket if it has none. */
    AdmissionDecision.Queued place(AdmissionRequest request) {
        TicketQueue queue = ticketQueue(request.queue());
        queue.mayGoTo(request.instances());
        @Nullable Ticket held = request.ticket();
        Ticket ticket = held == null
                ? queue.draw(view.state(request.queue()), rate(request).shared())
                : held;
        return queue.place(ticket, view.state(request.queue()), rate(request));
    }

    /** The place of a device that is admitted, and found no slot because others took them first. */
    AdmissionDecision.Queued placeAtHead(AdmissionRequest request, Ticket ticket, Duration untilSlotsOpen) {
        return ticketQueue(request.queue())
                .placeAtHead(ticket, untilSlotsOpen, rate(request).shared().slotsPerSecond());
    }

    private boolean lock() {
        round.lock();
        return true;
    }

    private boolean isFresh() {
        Instant now = clock.instant();
        return view.freshness().includes(now) || now.isBefore(outageUntil);
    }

    private QueueView nextRound() {
        Instant now = clock.instant();
        var freshness = Freshness.of(now, settings.ledgerFreshFor());
        var found = queues.ofOwner(owner);
        var states = new HashMap<QueueKey, QueueState>();
        found.forEach((queue, state) -> states.put(queue, ticketQueue(queue).atItsInstances(state.value())));
        InstanceShares shares = view(states, freshness).shares();
        states.replaceAll((queue, state) ->
                moved(queue, state, Objects.requireNonNull(found.get(queue)).version(), shares, now));
        states.forEach((queue, state) -> events.queueSeen(queue, state.waiting()));
        return view(states, freshness);
    }

    /** One conflict is as good as a success: another replica has just moved it. */
    private QueueState moved(QueueKey queue, QueueState state, String version, InstanceShares shares, Instant now) {
        Set<DpsInstanceId> instances = QueueView.instances(queue, state);
        if (state.isEmpty() || !isDue(state, instances, now)) {
            return state;
        }
        QueueState next = state.advance(rate(queue, instances, id -> shares.of(queue, id)), settings.absenceLap(), now);
        boolean written =
                !next.equals(state) && queues.swap(queue, version, next).isPresent();
        return written ? next : state;
    }

    private boolean isDue(QueueState state, Set<DpsInstanceId> instances, Instant now) {
        int rounds = instances.stream().allMatch(offers::knows) ? 1 : ROUNDS_FOR_WHO_KNOWS_MORE;
        return !now.isBefore(state.movedAt().plus(settings.ledgerFreshFor().multipliedBy(rounds)));
    }

    private QueueRate rate(AdmissionRequest request) {
        QueueView seen = view;
        return seen.rate(request.queue(), queue -> {
            Set<DpsInstanceId> instances = ids(request.instances());
            return new QueueRate(
                    rate(queue, instances, id -> seen.shares().of(queue, id)),
                    rate(queue, instances, _ -> 1),
                    seen.othersWaiting(queue, instances));
        });
    }

    private PoolRate rate(QueueKey queue, Set<DpsInstanceId> instances, ToDoubleFunction<DpsInstanceId> share) {
        return instances.stream()
                .flatMap(
                        instance -> offers
                                .of(instance, queue.workClass())
                                .map(offer -> offer.times(share.applyAsDouble(instance)))
                                .stream())
                .reduce(PoolRate.NOTHING, PoolRate::plus);
    }

    private TicketQueue ticketQueue(QueueKey queue) {
        return ticketQueues.computeIfAbsent(
                queue, key -> new TicketQueue(key, queues, this::learn, settings, clock, events));
    }

    /** A queue as this replica has just written it: whoever comes next must see that somebody waits. */
    private void learn(QueueKey queue, QueueState state) {
        round.lock();
        try {
            var states = new HashMap<>(view.states());
            states.merge(queue, state, QueueState::newer);
            view = view(states, view.freshness());
        } finally {
            round.unlock();
        }
    }

    private QueueView view(Map<QueueKey, QueueState> states, Freshness freshness) {
        return QueueView.of(
                states, (workClass, instance) -> offers.isOpen(instance, workClass), settings.shares(), freshness);
    }

    private static Set<DpsInstanceId> ids(Collection<DpsInstance> instances) {
        return instances.stream().map(DpsInstance::id).collect(Collectors.toSet());
    }
}
