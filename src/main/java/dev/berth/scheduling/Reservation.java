package dev.berth.scheduling;

import dev.berth.inventory.DpsInstanceId;
import java.time.Instant;

/**
 * One slot of one instance that this replica took for a device.
 *
 * @param grant whether capacity for a new device goes with it
 * @param epoch of the ledger when that was taken
 */
public record Reservation(DpsInstanceId instance, Instant slot, boolean grant, long epoch) implements SlotOutcome {}
