package dev.berth.scheduling;

import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One queue as one replica sees it. Tickets are leased in runs that follow the replica's demand, and the watermark is looked at, and
 * moved, once in {@code ledgerFreshFor}: a storm of a million devices costs some thousand writes. Order is thereby kept to within one run
 * of each replica.
 */
final class TicketQueue {
    /** Within this time those who were admitted last have come; until then, their slots are not for newcomers. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** The golden ratio's fraction: multiples of it fill an interval evenly, in whatever order they come. */
    private static final double GOLDEN = 0.618_033_988_749_895;

    private final QueueKey key;
    private final Queues queues;
    private final SchedulingSettings settings;
    private final InstantSource clock;
    private final SchedulingEvents events;
    private final Demand demand = new Demand();

    private volatile QueueState seen = QueueState.EMPTY;
    private volatile Instant seenAt = Instant.MIN;
    private long nextTicket;
    private long ticketsEnd;

    TicketQueue(
            QueueKey key, Queues queues, SchedulingSettings settings, InstantSource clock, SchedulingEvents events) {
        this.key = key;
        this.queues = queues;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
    }

    /** Whether a device may take a slot now: its ticket is admitted, or it has none and overtakes nobody. */
    boolean admits(@Nullable Ticket ticket, Supplier<PoolRate> rate) {
        if (!isFresh()) {
            moveWatermark(rate);
        }
        QueueState state = seen;
        return ticket == null
                ? state.equals(QueueState.EMPTY)
                        || (state.isEmpty() && rate.get().isAheadBy(GRACE))
                : ticket.number() < state.watermark();
    }

    /** The place of a device that was not admitted, with a new ticket if it has none. */
    AdmissionDecision.Queued place(@Nullable Ticket ticket, PoolRate rate) {
        Ticket held = ticket == null ? draw() : ticket;
        long ahead = Math.max(0, held.number() - seen.watermark());
        Duration admission = Duration.ofNanos((long) (1e9 * (ahead + 1) / rate.slotsPerSecond()));
        return new AdmissionDecision.Queued(held, ahead, spread(held, admission.plus(settings.ledgerFreshFor())));
    }

    /** A device that is admitted and found no slot, because others took them first; it goes ahead of all that are not admitted. */
    AdmissionDecision.Queued placeAtHead(Ticket ticket, Duration untilSlotsOpen) {
        double offset = fraction(ticket) * settings.ledgerFreshFor().toNanos();
        Duration wait = untilSlotsOpen.isNegative() ? Duration.ZERO : untilSlotsOpen;
        return new AdmissionDecision.Queued(
                ticket,
                0,
                settings.retryAfter(wait.plus(settings.ledgerFreshFor()).plusNanos((long) offset)));
    }

    /** Waits too long to be told are cut, and spread over half of the longest: who came together does not come back together. */
    private Duration spread(Ticket ticket, Duration wait) {
        Duration longest = settings.retryAfterMax();
        return wait.compareTo(longest) <= 0
                ? settings.retryAfter(wait)
                : settings.retryAfter(Duration.ofNanos((long) (longest.toNanos() * (1 - fraction(ticket) / 2))));
    }

    private static double fraction(Ticket ticket) {
        double multiple = ticket.number() * GOLDEN;
        return multiple - Math.floor(multiple);
    }

    private boolean isFresh() {
        return clock.instant().isBefore(seenAt.plus(settings.ledgerFreshFor()));
    }

    /** One conflict is as good as a success: another replica has just moved it. */
    private synchronized void moveWatermark(Supplier<PoolRate> rate) {
        if (isFresh()) {
            return;
        }
        var read = queues.find(key);
        QueueState state = valueOf(read);
        QueueState moved = state.isEmpty() ? state : state.advance(rate.get(), settings.absenceLap(), clock.instant());
        boolean written = !moved.equals(state) && swap(read, moved);
        see(written ? moved : state);
        seenAt = clock.instant();
    }

    private synchronized Ticket draw() {
        demand.add(clock.instant());
        nextTicket =
                Math.max(nextTicket, Math.min(seen.watermark(), ticketsEnd)); // what is left of an older rush is void
        if (nextTicket == ticketsEnd) {
            leaseTickets();
        }
        events.ticketGiven(key);
        return new Ticket(key, nextTicket++);
    }

    private void leaseTickets() {
        Instant now = clock.instant();
        int tickets = Math.clamp(Math.round(demand.recent(now)), 1, settings.ticketBlockMax());
        for (int attempt = 0; attempt < settings.leaseAttemptsMax(); attempt++) {
            var read = queues.find(key);
            QueueState next = valueOf(read).give(tickets, now);
            if (swap(read, next)) {
                see(next);
                ticketsEnd = next.ticketsGiven();
                nextTicket = ticketsEnd - tickets;
                return;
            }
        }
        throw new RepositoryUnavailableException("too many replicas at one queue", false, settings.outageRetry(), null);
    }

    private void see(QueueState state) {
        seen = state;
        events.queueSeen(key, state.waiting());
    }

    private boolean swap(Optional<Versioned<QueueState>> read, QueueState next) {
        @Nullable String version = read.map(Versioned::version).orElse(null);
        return queues.swap(key, version, next).isPresent();
    }

    private static QueueState valueOf(Optional<Versioned<QueueState>> read) {
        return read.map(Versioned::value).orElse(QueueState.EMPTY);
    }
}
