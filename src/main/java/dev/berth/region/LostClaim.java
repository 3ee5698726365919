package dev.berth.region;

import dev.berth.inventory.DpsInstanceId;
import java.time.Instant;

/**
 * The record of a claim that does not hold, although a device may have been told of it.
 *
 * @param instance where the device is instead
 * @param generation since which it is there
 */
public record LostClaim(RegionClaim claim, DpsInstanceId instance, long generation, Instant at) {}
