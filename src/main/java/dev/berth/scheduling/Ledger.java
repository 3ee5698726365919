package dev.berth.scheduling;

import java.time.Instant;

/**
 * The one shared fact about a DPS instance: what of its rate and of its capacity is taken. The two are counted apart, because a device
 * that registers again takes a slot but no capacity.
 *
 * @param slotsGivenUntil the earliest instant the next slot may have
 * @param committed registrations that exist or may yet be made by replicas that hold the grant for them
 */
public record Ledger(Instant slotsGivenUntil, long committed) {
    public static final Ledger UNUSED = new Ledger(Instant.EPOCH, 0);
}
