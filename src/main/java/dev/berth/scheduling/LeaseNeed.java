package dev.berth.scheduling;

/**
 * What a replica wants of a ledger.
 *
 * @param slots how many slots; none if it holds some and only lacks capacity
 * @param newDevice whether it cannot go on without capacity for at least one new device
 * @param grants capacity it still holds unused
 * @param grantsWanted capacity it would like to hold
 */
record LeaseNeed(int slots, boolean newDevice, Grants grants, int grantsWanted) {}
