package dev.berth.emulator.enrollment;

/**
 * What a device that registers again is given.
 *
 * @param updateHubAssignment whether its hub is chosen anew
 * @param migrateDeviceData whether its data would follow it to another hub
 */
public record ReprovisionPolicy(boolean updateHubAssignment, boolean migrateDeviceData) {}
