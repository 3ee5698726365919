package dev.berth.enrollment;

import dev.berth.enrollment.Attestation.Signer;
import dev.berth.identity.TrustAnchor;
import dev.berth.inventory.EnrollmentGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An enrollment group of the inventory with the proven anchor that it is for: what should stand at DPS. */
record DesiredGroup(EnrollmentGroup group, TrustAnchor anchor) {
    String remoteId() {
        return RemoteGroupIds.of(group.tenant(), anchor.name());
    }

    RemoteGroup.Mark mark() {
        return new RemoteGroup.Mark(group.tenant(), anchor.name(), group.name());
    }

    /** Whether Berth made the group, for this anchor. */
    boolean isOurs(RemoteGroup remote) {
        return mark().isForSameAnchorAs(remote.mark());
    }

    /** As it should be; where the inventory does not say, as {@code existing} is. */
    RemoteGroup target(@Nullable RemoteGroup existing) {
        var settings = group.settings();
        var before = Optional.ofNullable(existing);
        return new RemoteGroup(
                existing == null ? remoteId() : existing.id(),
                new Attestation.SigningCertificates(Signer.of(anchor.certificate()), null),
                group.enabled(),
                settings.allocationPolicy() != null
                        ? settings.allocationPolicy()
                        : before.map(RemoteGroup::allocationPolicy).orElse(null),
                settings.iotHubs().isEmpty() ? before.map(RemoteGroup::iotHubs).orElse(List.of()) : settings.iotHubs(),
                settings.reprovisionPolicy() != null
                        ? settings.reprovisionPolicy()
                        : before.map(RemoteGroup::reprovisionPolicy).orElse(null),
                mark(),
                existing == null ? null : existing.etag());
    }

    /** What of {@code remote} differs from what was asked for, in the words of the service API. */
    List<String> differences(RemoteGroup remote) {
        var differences = new ArrayList<String>();
        var target = target(remote);
        if (!hasCertificate(remote)) {
            differences.add("certificate");
        }
        if (target.enabled() != remote.enabled()) {
            differences.add("provisioningStatus");
        }
        if (target.allocationPolicy() != remote.allocationPolicy()) {
            differences.add("allocationPolicy");
        }
        if (!lowerCase(target.iotHubs()).equals(lowerCase(remote.iotHubs()))) {
            differences.add("iotHubs");
        }
        if (target.reprovisionPolicy() != remote.reprovisionPolicy()) {
            differences.add("reprovisionPolicy");
        }
        if (isOurs(remote) && !mark().equals(remote.mark())) {
            differences.add("tags");
        }
        return differences;
    }

    /** Whether the group lets in what the anchor's present certificate signed, and it is this certificate that it carries. */
    boolean hasCertificate(RemoteGroup remote) {
        var thumbprint = Signer.of(anchor.certificate()).thumbprint();
        return signers(remote).stream().anyMatch(signer -> signer.thumbprint().equals(thumbprint));
    }

    /** Whether the group carries the anchor's key, perhaps in an older certificate. */
    boolean carriesKey(RemoteGroup remote) {
        return hasCertificate(remote)
                || signers(remote).stream()
                        .map(Signer::certificate)
                        .anyMatch(certificate -> certificate != null
                                && certificate
                                        .getPublicKey()
                                        .equals(anchor.certificate().getPublicKey()));
    }

    boolean covers(RemoteGroup remote) {
        return remote.enabled() && carriesKey(remote);
    }

    private static List<Signer> signers(RemoteGroup remote) {
        var signers = new ArrayList<Signer>();
        if (remote.attestation() instanceof Attestation.SigningCertificates(Signer primary, Signer secondary)) {
            if (primary != null) {
                signers.add(primary);
            }
            if (secondary != null) {
                signers.add(secondary);
            }
        }
        return signers;
    }

    private static TreeSet<String> lowerCase(List<String> hubs) {
        var names = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(hubs);
        return names;
    }
}
