package dev.berth.scheduling;

/**
 * What a pool can take.
 *
 * @param slotsPerSecond of all its instances together
 * @param freeSlots within the horizon, that nobody has yet
 */
record PoolRate(double slotsPerSecond, double freeSlots) {}
