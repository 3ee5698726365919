package dev.berth.emulator.enrollment;

/**
 * What a device that registers again is given.
 *
 * @param updateHubAssignment whether its hub is chosen anew
 * @param migrateDeviceData whether its data follows it to another hub; otherwise it starts as its enrollment says
 */
public record ReprovisionPolicy(boolean updateHubAssignment, boolean migrateDeviceData) {
    static final ReprovisionPolicy MIGRATE = new ReprovisionPolicy(true, true);
    static final ReprovisionPolicy NEVER = new ReprovisionPolicy(false, false);
}
