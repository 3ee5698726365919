package dev.berth.emulator.enrollment;

import dev.berth.emulator.protocol.DpsError;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** The CAs of an instance's groups by their names: the group of the CA nearest to a device decides over it. */
record GroupSigners(Map<X500Principal, List<Signer>> bySubject) {
    static final GroupSigners NONE = new GroupSigners(Map.of());

    private record Signer(X509Certificate certificate, Enrollment.Group group) {}

    static GroupSigners of(Collection<Enrollment.Group> groups) {
        var index = new HashMap<X500Principal, List<Signer>>();
        for (var group : groups) {
            for (var certificate : group.attestation().certificates()) {
                index.computeIfAbsent(certificate.getSubjectX500Principal(), subject -> new ArrayList<>())
                        .add(new Signer(certificate, group));
            }
        }
        return new GroupSigners(index);
    }

    Attested attest(DeviceChain chain, Instant now) {
        Optional<X509Certificate> current = Optional.of(chain.leaf());
        for (int depth = 0; current.isPresent() && depth < ChainCheck.CHAIN_CERTIFICATES_MAX; depth++) {
            var signer = signerOf(current.get());
            if (signer.isPresent()) {
                return by(signer.get(), chain, now);
            }
            current = chain.issuerOf(current.get());
            if (current.filter(issuer -> !DeviceChain.valid(issuer, now)).isPresent()) {
                return new Attested.Refused(DpsError.INVALID_CERTIFICATE);
            }
        }
        return new Attested.Refused(DpsError.CA_CERTIFICATE_NOT_FOUND);
    }

    private static Attested by(Signer signer, DeviceChain chain, Instant now) {
        if (!signer.group().settings().enabled()) {
            return new Attested.Disabled(signer.group());
        }
        return DeviceChain.valid(signer.certificate(), now)
                ? new Attested.Accepted(signer.group(), Credential.Certificate.of(chain.leaf()))
                : new Attested.Refused(DpsError.INVALID_CERTIFICATE);
    }

    private Optional<Signer> signerOf(X509Certificate certificate) {
        return bySubject.getOrDefault(certificate.getIssuerX500Principal(), List.of()).stream()
                .filter(signer -> DeviceChain.signed(signer.certificate(), certificate))
                .findFirst();
    }
}
