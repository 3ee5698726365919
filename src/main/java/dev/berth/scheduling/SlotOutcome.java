package dev.berth.scheduling;

import java.time.Instant;

/** What became of the wish for one slot of one instance. */
sealed interface SlotOutcome permits Reservation, SlotOutcome.Beyond, SlotOutcome.Full, SlotOutcome.Unavailable {
    /** The instance's next slot opens only at {@code opensAt}, beyond the horizon. */
    record Beyond(Instant opensAt) implements SlotOutcome {}

    /** There is no capacity for another new device. */
    record Full() implements SlotOutcome {}

    /** The instance cannot be used, or its ledger not reached, before {@code until}. */
    record Unavailable(Instant until) implements SlotOutcome {}
}
