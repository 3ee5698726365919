package dev.berth.enrollment;

import dev.berth.identity.Possession;
import dev.berth.identity.TenantId;
import dev.berth.identity.TrustAnchor;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.EnrollmentGroup;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.Limits;
import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.Pki;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tenant, its anchors and its instances, as these tests need them. */
final class EnrollmentFixture {
    static final TenantId CONTOSO = new TenantId("contoso");
    static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
    static final CertifiedKey FACTORY = new Pki().root("Factory", KeyAlgorithm.P_256);
    static final CertifiedKey LINE = new Pki().root("Line", KeyAlgorithm.P_256);
    static final String REMOTE_ID = "berth.contoso.factory";

    private EnrollmentFixture() {}

    static TrustAnchor anchor(String name, CertifiedKey key) {
        return new TrustAnchor(CONTOSO, name, key.certificate(), new Possession.Proven(NOW));
    }

    static DpsInstance instance(String name, EnrollmentPolicy policy, int groupsMax) {
        return new DpsInstance(
                new DpsInstanceId(CONTOSO, name),
                "0ne" + name,
                "global.azure-devices-provisioning.net",
                name + ".azure-devices-provisioning.net",
                null,
                null,
                null,
                new Limits(1_000, 1_000, 1_000_000, 0, Duration.ofMillis(1_200), groupsMax, 25),
                1,
                DpsInstance.State.ACTIVE,
                "contoso-" + name,
                policy);
    }

    static EnrollmentGroup group(String name, String instance, String anchor, EnrollmentPolicy policy) {
        return group(name, instance, anchor, policy, EnrollmentGroup.Settings.UNSPECIFIED, true);
    }

    static EnrollmentGroup group(
            String name,
            String instance,
            String anchor,
            EnrollmentPolicy policy,
            EnrollmentGroup.Settings settings,
            boolean enabled) {
        return new EnrollmentGroup(CONTOSO, name, instance, anchor, enabled, policy, settings, false);
    }

    /** A group as somebody at the portal would make it. */
    static RemoteGroup foreign(String id, CertifiedKey key) {
        return remote(id, key, null);
    }

    static RemoteGroup remote(String id, CertifiedKey key, RemoteGroup.@Nullable Mark mark) {
        return new RemoteGroup(
                id,
                new Attestation.SigningCertificates(Attestation.Signer.of(key.certificate()), null),
                true,
                null,
                List.of(),
                null,
                mark,
                null);
    }

    static RemoteGroup disabled(RemoteGroup group) {
        return new RemoteGroup(
                group.id(),
                group.attestation(),
                false,
                group.allocationPolicy(),
                group.iotHubs(),
                group.reprovisionPolicy(),
                group.mark(),
                group.etag());
    }
}
