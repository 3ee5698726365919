package dev.berth.scheduling;

import java.time.Instant;

/**
 * How an instance compares with others, as this replica sees it.
 *
 * @param opensAt its next slot
 * @param used registrations made or promised
 * @param full whether it was seen full a moment ago
 * @param availableAt when its ledger can be asked again; past if it can
 */
record Standing(Instant opensAt, long used, boolean full, Instant availableAt) {

    /** When it can be asked, if DPS itself is to be left alone until {@code healthyAt}. */
    Instant availableAfter(Instant healthyAt) {
        return healthyAt.isAfter(availableAt) ? healthyAt : availableAt;
    }
}
