package dev.berth.emulator.instance;

import dev.berth.emulator.fault.FaultSettings;
import dev.berth.emulator.protocol.SharedAccessKey;
import java.time.Duration;
import java.util.List;

/**
 * One emulated DPS instance as it starts.
 *
 * @param enrollments and the CAs that they refer to
 * @param serviceAccess where the service API listens and whom it lets in
 * @param faults that it starts with
 */
public record InstanceConfig(
        InstanceIdentity identity,
        Quotas quotas,
        AssignmentTimes times,
        AllocationSettings allocation,
        EnrollmentList enrollments,
        ServiceAccess serviceAccess,
        FaultSettings faults) {
    /** How long an assignment takes unless something else is said. */
    public static final Duration ASSIGN_DELAY = AssignmentTimes.DEFAULT.assignDelay();

    /** An instance of two hubs, with the published quotas and times, a random ID scope and key, and no enrollment. */
    public static InstanceConfig of(String name) {
        return new InstanceConfig(
                InstanceIdentity.of(name),
                Quotas.PUBLISHED,
                AssignmentTimes.DEFAULT,
                AllocationSettings.of(List.of(IotHub.of(name + "-hub-1"), IotHub.of(name + "-hub-2"))),
                EnrollmentList.EMPTY,
                ServiceAccess.DEFAULT,
                FaultSettings.NONE);
    }

    public String name() {
        return identity.name();
    }

    public String idScope() {
        return identity.idScope();
    }

    public SharedAccessKey serviceKey() {
        return identity.serviceKey();
    }

    /** The host that the real one would have. */
    public String hostName() {
        return identity.hostName();
    }

    /** This instance, known by something else. */
    public InstanceConfig withIdentity(InstanceIdentity other) {
        return new InstanceConfig(other, quotas, times, allocation, enrollments, serviceAccess, faults);
    }

    /** This instance with other quotas. */
    public InstanceConfig withQuotas(Quotas other) {
        return new InstanceConfig(identity, other, times, allocation, enrollments, serviceAccess, faults);
    }

    /** This instance with other times. */
    public InstanceConfig withTimes(AssignmentTimes other) {
        return new InstanceConfig(identity, quotas, other, allocation, enrollments, serviceAccess, faults);
    }

    /** This instance with other hubs, or another way to allocate devices to them. */
    public InstanceConfig withAllocation(AllocationSettings other) {
        return new InstanceConfig(identity, quotas, times, other, enrollments, serviceAccess, faults);
    }

    /** This instance with other faults. */
    public InstanceConfig withFaults(FaultSettings other) {
        return new InstanceConfig(identity, quotas, times, allocation, enrollments, serviceAccess, other);
    }
}
