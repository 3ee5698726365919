package dev.berth.dps;

import com.microsoft.azure.sdk.iot.provisioning.service.configs.EnrollmentGroup;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.ProvisioningStatus;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.TwinCollection;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.TwinState;
import dev.berth.enrollment.RemoteGroup;
import dev.berth.enrollment.RemoteGroup.Mark;
import dev.berth.identity.TenantId;
import dev.berth.inventory.AllocationPolicy;
import dev.berth.inventory.ReprovisionPolicy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Enrollment groups between the client's classes and ours. */
final class GroupMapping {
    private static final String MARK = "berth";
    private static final String TENANT = "tenant";
    private static final String TRUST_ANCHOR = "trustAnchor";
    private static final String ENROLLMENT_GROUP = "enrollmentGroup";

    private GroupMapping() {}

    static RemoteGroup read(EnrollmentGroup group) {
        return new RemoteGroup(
                group.getEnrollmentGroupId(),
                AttestationMapping.read(group),
                group.getProvisioningStatus() != ProvisioningStatus.DISABLED,
                allocation(group.getAllocationPolicy()),
                hubs(group),
                reprovision(group.getReprovisionPolicy()),
                mark(group.getInitialTwin()),
                group.getEtag());
    }

    /** A group that is not at DPS yet. */
    static EnrollmentGroup create(RemoteGroup group) {
        var created = new EnrollmentGroup(group.id(), AttestationMapping.write(group.attestation()));
        write(group, created);
        return created;
    }

    /** Changes in {@code existing} what is ours, and nothing else. */
    static void change(RemoteGroup group, EnrollmentGroup existing) {
        existing.setAttestation(AttestationMapping.write(group.attestation()));
        write(group, existing);
    }

    private static void write(RemoteGroup group, EnrollmentGroup into) {
        into.setProvisioningStatus(group.enabled() ? ProvisioningStatus.ENABLED : ProvisioningStatus.DISABLED);
        into.setAllocationPolicy(allocation(group.allocationPolicy()));
        into.setIotHubs(group.iotHubs().isEmpty() ? null : group.iotHubs());
        into.setReprovisionPolicy(reprovision(group.reprovisionPolicy()));
        into.setInitialTwin(twin(into.getInitialTwin(), group.mark()));
    }

    private static List<String> hubs(EnrollmentGroup group) {
        var hubs = group.getIotHubs();
        return hubs != null
                ? List.copyOf(hubs)
                : Optional.ofNullable(group.getIotHubHostName()).stream().toList();
    }

    private static @Nullable Mark mark(@Nullable TwinState twin) {
        return twin != null
                        && twin.getTags() != null
                        && twin.getTags().get(MARK) instanceof Map<?, ?> mark
                        && mark.get(TENANT) instanceof String tenant
                        && mark.get(TRUST_ANCHOR) instanceof String anchor
                        && mark.get(ENROLLMENT_GROUP) instanceof String group
                ? TenantId.parse(tenant).map(id -> new Mark(id, anchor, group)).orElse(null)
                : null;
    }

    private static @Nullable TwinState twin(@Nullable TwinState existing, @Nullable Mark mark) {
        if (existing == null && mark == null) {
            return null;
        }
        var tags = existing == null || existing.getTags() == null ? new TwinCollection() : existing.getTags();
        var desired = existing == null ? null : existing.getDesiredProperties();
        WholeNumbers.restore(tags);
        if (desired != null) {
            WholeNumbers.restore(desired);
        }
        if (mark == null) {
            tags.remove(MARK);
        } else {
            tags.put(
                    MARK,
                    Map.of(
                            TENANT,
                            mark.tenant().value(),
                            TRUST_ANCHOR,
                            mark.trustAnchor(),
                            ENROLLMENT_GROUP,
                            mark.enrollmentGroup()));
        }
        return new TwinState(tags, desired);
    }

    private static @Nullable AllocationPolicy allocation(
            com.microsoft.azure.sdk.iot.provisioning.service.configs.@Nullable AllocationPolicy policy) {
        return switch (policy) {
            case null -> null;
            case HASHED -> AllocationPolicy.HASHED;
            case GEOLATENCY -> AllocationPolicy.GEO_LATENCY;
            case STATIC -> AllocationPolicy.STATIC;
            case CUSTOM -> AllocationPolicy.CUSTOM;
        };
    }

    private static com.microsoft.azure.sdk.iot.provisioning.service.configs.@Nullable AllocationPolicy allocation(
            @Nullable AllocationPolicy policy) {
        return switch (policy) {
            case null -> null;
            case HASHED -> com.microsoft.azure.sdk.iot.provisioning.service.configs.AllocationPolicy.HASHED;
            case GEO_LATENCY -> com.microsoft.azure.sdk.iot.provisioning.service.configs.AllocationPolicy.GEOLATENCY;
            case STATIC -> com.microsoft.azure.sdk.iot.provisioning.service.configs.AllocationPolicy.STATIC;
            case CUSTOM -> com.microsoft.azure.sdk.iot.provisioning.service.configs.AllocationPolicy.CUSTOM;
        };
    }

    private static @Nullable ReprovisionPolicy reprovision(
            com.microsoft.azure.sdk.iot.provisioning.service.configs.@Nullable ReprovisionPolicy policy) {
        if (policy == null) {
            return null;
        }
        if (!policy.getUpdateHubAssignment()) {
            return ReprovisionPolicy.NEVER;
        }
        return policy.getMigrateDeviceData() ? ReprovisionPolicy.MIGRATE : ReprovisionPolicy.RESET;
    }

    private static com.microsoft.azure.sdk.iot.provisioning.service.configs.@Nullable ReprovisionPolicy reprovision(
            @Nullable ReprovisionPolicy policy) {
        if (policy == null) {
            return null;
        }
        var written = new com.microsoft.azure.sdk.iot.provisioning.service.configs.ReprovisionPolicy();
        written.setUpdateHubAssignment(policy != ReprovisionPolicy.NEVER);
        written.setMigrateDeviceData(Objects.equals(policy, ReprovisionPolicy.MIGRATE));
        return written;
    }
}
