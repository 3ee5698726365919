package dev.berth.scheduling;

import dev.berth.inventory.DpsInstance;
import java.time.Duration;

/** What the scheduler decided about one device; each is an expected outcome. */
public sealed interface AdmissionDecision {
    /** A slot within the horizon. Until it is written down it can be given back. {@code contest} knows why it is this instance. */
    record Admitted(DpsInstance instance, Reservation reservation, Contest contest) implements AdmissionDecision {}

    /** No slot within the horizon, or others were here first: come back with this ticket. */
    record Queued(Ticket ticket, long ahead, Duration retryAfter) implements AdmissionDecision {}

    /** Slots there are, but no capacity for another new device. */
    record Full(Duration retryAfter) implements AdmissionDecision {}

    /** No instance can be used now. */
    record Unavailable(Duration retryAfter) implements AdmissionDecision {}
}
