package dev.berth.emulator.enrollment;

import java.util.List;

/**
 * What groups and individual enrollments have in common.
 *
 * @param iotHubs names of the hubs that may be assigned; empty means all that are linked
 */
public record EnrollmentSettings(
        boolean enabled,
        AllocationPolicy allocationPolicy,
        ReprovisionPolicy reprovisionPolicy,
        List<String> iotHubs) {}
