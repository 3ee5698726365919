package dev.berth.scheduling;

import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tickets of one queue that one replica has to give. They are leased in runs that follow the replica's demand: a storm of a million
 * devices costs some thousand writes. Order is thereby kept to within one run of each replica.
 */
final class TicketQueue {
    private static final Duration INSTANCES_FRESH_FOR = Duration.ofSeconds(10);
    private static final int LEASES_PER_SECOND = 10;

    private final QueueKey key;
    private final Queues queues;
    private final BiConsumer<QueueKey, QueueState> written;
    private final SchedulingSettings settings;
    private final InstantSource clock;
    private final SchedulingEvents events;
    private final Demand demand = new Demand();
    private final ReturnSpread atHead;

    private long nextTicket;
    private long ticketsEnd;
    private volatile Latest latest = new Latest(List.of(), Instant.MIN);

    /** Where a device that came at {@code at} may go. */
    private record Latest(List<DpsInstance> instances, Instant at) {
        Set<String> names() {
            return instances.stream().map(instance -> instance.id().name()).collect(Collectors.toSet());
        }
    }

    /** @param written is told of every state that this replica wrote */
    TicketQueue(
            QueueKey key,
            Queues queues,
            BiConsumer<QueueKey, QueueState> written,
            SchedulingSettings settings,
            InstantSource clock,
            SchedulingEvents events) {
        this.key = key;
        this.queues = queues;
        this.written = written;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
        this.atHead = new ReturnSpread(settings.retryAfterMax());
    }

    /** The next ticket of a queue that gets {@code rate}. */
    synchronized Ticket draw(QueueState seen, PoolRate rate) {
        demand.add(clock.instant());
        nextTicket = Math.max(nextTicket, Math.min(seen.watermark(), ticketsEnd)); // the rest of an older rush is void
        if (nextTicket == ticketsEnd) {
            leaseTickets(rate);
        }
        events.ticketGiven(key);
        return new Ticket(key, nextTicket++);
    }

    /** A device came that may go to these now. */
    void mayGoTo(List<DpsInstance> instances) {
        latest = new Latest(instances, clock.instant());
    }

    /** {@code state}, at the instances that devices who came here of late may go to; if none did, others know better. */
    QueueState atItsInstances(QueueState state) {
        Latest seen = latest;
        return clock.instant().isBefore(seen.at().plus(INSTANCES_FRESH_FOR)) ? state.at(seen.names()) : state;
    }

    /**
     * Where {@code ticket} stands, while the queue gets {@code rate}. A watermark moves once in {@code ledgerFreshFor}, and may have to be seen
     * for as long.
     */
    AdmissionDecision.Queued place(Ticket ticket, QueueState seen, QueueRate rate) {
        long ahead = Math.max(0, ticket.number() - seen.watermark());
        double seconds = Math.min(rate.secondsToAdmit(ahead + 1, settings.absenceLap()), Integer.MAX_VALUE);
        Duration admission = Duration.ofNanos((long) (1e9 * seconds));
        return new AdmissionDecision.Queued(
                ticket,
                ahead,
                spread(ticket, admission.plus(settings.ledgerFreshFor().multipliedBy(2))));
    }

    /** Where an admitted device stands that found no slot: ahead of all that are not admitted, and beside those that were as unlucky. */
    AdmissionDecision.Queued placeAtHead(Ticket ticket, Duration untilSlotsOpen, double perSecond) {
        Duration wait = untilSlotsOpen.isNegative() ? Duration.ZERO : untilSlotsOpen;
        Duration soonest = settings.retryAfter(wait.plus(settings.ledgerFreshFor()));
        return new AdmissionDecision.Queued(ticket, 0, atHead.after(soonest, perSecond, clock.instant()));
    }

    /** Waits too long to be told are cut, and spread over half of the longest: who came together does not come back together. */
    private Duration spread(Ticket ticket, Duration wait) {
        Duration longest = settings.retryAfterMax();
        double fraction = ReturnSpread.fraction(ticket.number());
        return wait.compareTo(longest) <= 0
                ? settings.retryAfter(wait)
                : settings.retryAfter(Duration.ofNanos((long) (longest.toNanos() * (1 - fraction / 2))));
    }

    /**
     * As many as were drawn in the last second. But devices come back to the replica that gave them their tickets, if that is how load is balanced, and while the run of one
     * replica is let in, what the others hold lies idle. So a run is let in within a small part of the horizon, unless it were shorter than a block then, or the store had to
     * be asked more than {@value #LEASES_PER_SECOND} times a second.
     */
    private int run(PoolRate rate, Instant now) {
        double drawn = demand.recent(now);
        double part = rate.slotsWithin(settings.ticketRunMax());
        double longest = Math.max(Math.max(part, settings.blockSlotsMax()), drawn / LEASES_PER_SECOND);
        return Math.clamp(Math.round(Math.min(drawn, longest)), 1, settings.ticketBlockMax());
    }

    private void leaseTickets(PoolRate rate) {
        Instant now = clock.instant();
        int tickets = run(rate, now);
        for (int attempt = 0; attempt < settings.leaseAttemptsMax(); attempt++) {
            var read = queues.find(key);
            QueueState next = read.map(Versioned::value)
                    .orElse(QueueState.EMPTY)
                    .give(tickets, now)
                    .at(latest.names());
            @Nullable String version = read.map(Versioned::version).orElse(null);
            if (queues.swap(key, version, next).isPresent()) {
                ticketsEnd = next.ticketsGiven();
                nextTicket = ticketsEnd - tickets;
                written.accept(key, next);
                events.queueSeen(key, next.waiting());
                return;
            }
        }
        throw new RepositoryUnavailableException("too many replicas at one queue", false, settings.outageRetry(), null);
    }
}
