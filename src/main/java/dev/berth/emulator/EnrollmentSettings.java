package dev.berth.emulator;

import java.util.List;

/**
 * What groups and individual enrollments have in common.
 *
 * @param iotHubs names of the hubs that may be assigned; empty means all that are linked
 */
record EnrollmentSettings(
        boolean enabled,
        AllocationPolicy allocationPolicy,
        ReprovisionPolicy reprovisionPolicy,
        List<String> iotHubs) {}
