package dev.berth.emulator.enrollment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.protocol.ApiVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What groups and individual enrollments have in common.
 *
 * @param allocationPolicy null: the instance's
 * @param iotHubs names of the hubs that may be assigned; empty means all that are linked
 * @param webhook whom a custom allocation asks
 * @param initialTwin {@code tags} and {@code properties.desired} that a device starts with; shared by its devices, never changed
 * @param issuesCertificates whether a policy is named by which devices get certificates
 */
public record EnrollmentSettings(
        boolean enabled,
        @Nullable AllocationPolicy allocationPolicy,
        @Nullable ReprovisionPolicy reprovisionPolicy,
        List<String> iotHubs,
        @Nullable Webhook webhook,
        @Nullable JsonNode initialTwin,
        boolean issuesCertificates) {
    public EnrollmentSettings(
            boolean enabled,
            @Nullable AllocationPolicy allocationPolicy,
            @Nullable ReprovisionPolicy reprovisionPolicy,
            List<String> iotHubs) {
        this(enabled, allocationPolicy, reprovisionPolicy, iotHubs, null, null, false);
    }

    /** Devices older than reprovisioning stay where they are, unless the enrollment says otherwise. */
    public ReprovisionPolicy reprovisionPolicy(ApiVersion version) {
        if (reprovisionPolicy != null) {
            return reprovisionPolicy;
        }
        return version.reprovisions() ? ReprovisionPolicy.MIGRATE : ReprovisionPolicy.NEVER;
    }
}
