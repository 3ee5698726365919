package dev.berth.emulator.instance;

import dev.berth.emulator.enrollment.AllocationPolicy;
import dev.berth.emulator.enrollment.CertificateAuthority;
import dev.berth.emulator.enrollment.EnrollmentDocument;
import dev.berth.emulator.fault.FaultSettings;
import dev.berth.emulator.protocol.IdScopes;
import dev.berth.emulator.protocol.SharedAccessKey;
import java.time.Duration;
import java.util.List;

/**
 * One emulated DPS instance.
 *
 * @param name its name; the real one's host would be {@code {name}.azure-devices-provisioning.net}
 * @param serviceKey the key of its policy {@code provisioningserviceowner}
 * @param assignDelay how long a device's assignment takes
 * @param certificateAuthorities what {@code caReferences} of its enrollments may name
 * @param enrollments in the order in which they are added
 * @param allocationPolicy where an enrollment names none
 * @param places where devices are, for {@code geoLatency}
 * @param serviceAccess where the service API listens and whom it lets in
 * @param faults that it starts with
 */
public record InstanceConfig(
        String name,
        String idScope,
        SharedAccessKey serviceKey,
        List<IotHub> hubs,
        Quotas quotas,
        Duration assignDelay,
        int retryAfterSeconds,
        List<CertificateAuthority> certificateAuthorities,
        List<EnrollmentDocument> enrollments,
        AllocationPolicy allocationPolicy,
        Places places,
        ServiceAccess serviceAccess,
        FaultSettings faults) {
    static final String DOMAIN = ".azure-devices-provisioning.net";
    static final int RETRY_AFTER_SECONDS = 3;
    public static final Duration ASSIGN_DELAY = Duration.ofSeconds(1);

    /** One whose policy is hashed, whose devices are nowhere, whose owner alone may use it, and which has no faults. */
    public InstanceConfig(
            String name,
            String idScope,
            SharedAccessKey serviceKey,
            List<IotHub> hubs,
            Quotas quotas,
            Duration assignDelay,
            int retryAfterSeconds,
            List<CertificateAuthority> certificateAuthorities,
            List<EnrollmentDocument> enrollments) {
        this(
                name,
                idScope,
                serviceKey,
                hubs,
                quotas,
                assignDelay,
                retryAfterSeconds,
                certificateAuthorities,
                enrollments,
                AllocationPolicy.HASHED,
                Places.NOWHERE,
                ServiceAccess.DEFAULT,
                FaultSettings.NONE);
    }

    /** An instance of two hubs, with the published quotas and times, a random ID scope and key, and no enrollment. */
    public static InstanceConfig of(String name) {
        return new InstanceConfig(
                name,
                IdScopes.random(),
                SharedAccessKey.random(),
                hubsOf(name),
                Quotas.PUBLISHED,
                ASSIGN_DELAY,
                RETRY_AFTER_SECONDS,
                List.of(),
                List.of());
    }

    /** The host that the real one would have. */
    public String hostName() {
        return name + DOMAIN;
    }

    static List<IotHub> hubsOf(String name) {
        return List.of(IotHub.of(name + "-hub-1"), IotHub.of(name + "-hub-2"));
    }

    /** This instance with other quotas. */
    public InstanceConfig withQuotas(Quotas other) {
        return new InstanceConfig(
                name,
                idScope,
                serviceKey,
                hubs,
                other,
                assignDelay,
                retryAfterSeconds,
                certificateAuthorities,
                enrollments,
                allocationPolicy,
                places,
                serviceAccess,
                faults);
    }

    /** This instance with another way to allocate. */
    public InstanceConfig withAllocation(AllocationPolicy policy, Places devices) {
        return new InstanceConfig(
                name,
                idScope,
                serviceKey,
                hubs,
                quotas,
                assignDelay,
                retryAfterSeconds,
                certificateAuthorities,
                enrollments,
                policy,
                devices,
                serviceAccess,
                faults);
    }

    /** This instance with another service API. */
    public InstanceConfig withServiceAccess(ServiceAccess access) {
        return new InstanceConfig(
                name,
                idScope,
                serviceKey,
                hubs,
                quotas,
                assignDelay,
                retryAfterSeconds,
                certificateAuthorities,
                enrollments,
                allocationPolicy,
                places,
                access,
                faults);
    }

    /** This instance with the ID scope and the key of another of its name. */
    public InstanceConfig withIdentity(String otherIdScope, SharedAccessKey otherKey) {
        return new InstanceConfig(
                name,
                otherIdScope,
                otherKey,
                hubs,
                quotas,
                assignDelay,
                retryAfterSeconds,
                certificateAuthorities,
                enrollments,
                allocationPolicy,
                places,
                serviceAccess,
                faults);
    }

    /** This instance with these hubs, and neither CAs nor enrollments. */
    InstanceConfig holding(List<IotHub> others) {
        return new InstanceConfig(
                name,
                idScope,
                serviceKey,
                others,
                quotas,
                assignDelay,
                retryAfterSeconds,
                List.of(),
                List.of(),
                allocationPolicy,
                places,
                serviceAccess,
                faults);
    }

    /** This instance with other faults. */
    public InstanceConfig withFaults(FaultSettings other) {
        return new InstanceConfig(
                name,
                idScope,
                serviceKey,
                hubs,
                quotas,
                assignDelay,
                retryAfterSeconds,
                certificateAuthorities,
                enrollments,
                allocationPolicy,
                places,
                serviceAccess,
                other);
    }
}
