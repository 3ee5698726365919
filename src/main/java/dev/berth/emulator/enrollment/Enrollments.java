package dev.berth.emulator.enrollment;

import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.RegistrationIds;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * The enrollments of one instance, and the order in which DPS asks them: the individual enrollment of that name, then the
 * group of the CA nearest to the device, and so on up to the root. The first that is found decides, also when it is
 * disabled.
 */
public final class Enrollments {
    static final int CHAIN_CERTIFICATES_MAX = 10;

    private final Map<String, Enrollment.Individual> individuals = new ConcurrentHashMap<>();
    private final Map<String, Enrollment.Group> groups = new HashMap<>();
    private final Map<X509Certificate, Enrollment> owners = new HashMap<>();
    private volatile Map<X500Principal, List<Signer>> signers = Map.of();

    private record Signer(X509Certificate certificate, Enrollment.Group group) {}

    /**
     * Adds an enrollment or replaces the one of the same name. A certificate belongs to one enrollment only.
     *
     * @return why it was not taken, if it was not
     */
    public synchronized Optional<String> put(Enrollment enrollment) {
        for (var certificate : enrollment.attestation().certificates()) {
            var owner = owners.get(certificate);
            if (owner != null && !sameEntry(owner, enrollment)) {
                return Optional.of("its certificate is already used by the enrollment " + owner.id());
            }
        }
        switch (enrollment) {
            case Enrollment.Individual individual -> released(individuals.put(key(individual.id()), individual));
            case Enrollment.Group group -> {
                released(groups.put(key(group.id()), group));
                signers = indexed();
            }
        }
        enrollment.attestation().certificates().forEach(certificate -> owners.put(certificate, enrollment));
        return Optional.empty();
    }

    /** Removes the group of that name; what its devices registered stays, as at DPS. */
    public synchronized boolean removeGroup(String id) {
        var removed = groups.remove(key(id));
        released(removed);
        signers = indexed();
        return removed != null;
    }

    public synchronized boolean removeIndividual(String registrationId) {
        var removed = individuals.remove(key(registrationId));
        released(removed);
        return removed != null;
    }

    public Attested attest(Claim claim, Instant now) {
        return claim.evidence()
                .chain()
                .map(chain -> attest(claim.registrationId(), chain, now))
                .orElseGet(() -> new Attested.Refused(DpsError.UNAUTHORIZED));
    }

    private Attested attest(String registrationId, DeviceChain chain, Instant now) {
        if (chain.others().size() >= CHAIN_CERTIFICATES_MAX
                || chain.commonName()
                        // Outside of ASCII, signs such as the Kelvin sign fold to letters.
                        .filter(name -> RegistrationIds.valid(name) && name.equalsIgnoreCase(registrationId))
                        .isEmpty()) {
            return new Attested.Refused(DpsError.UNAUTHORIZED);
        }
        if (!DeviceChain.valid(chain.leaf(), now)) {
            return new Attested.Refused(DpsError.INVALID_CERTIFICATE);
        }
        var individual = individuals.get(key(registrationId));
        return individual != null ? byIndividual(individual, chain, now) : byGroup(chain, now);
    }

    private static Attested byIndividual(Enrollment.Individual individual, DeviceChain chain, Instant now) {
        boolean proven = switch (individual.attestation()) {
            case Attestation.ClientCertificates own -> own.certificates().contains(chain.leaf());
            case Attestation.Signers signers -> reaches(signers.certificates(), chain, now);
            case Attestation.SymmetricKey keys -> false;
            case Attestation.Tpm tpm -> false;
        };
        if (!individual.settings().enabled()) {
            return new Attested.Disabled(individual);
        }
        return proven
                ? new Attested.Accepted(individual, Credential.Certificate.of(chain.leaf()))
                : new Attested.Refused(DpsError.UNAUTHORIZED);
    }

    private static boolean reaches(List<X509Certificate> signers, DeviceChain chain, Instant now) {
        Optional<X509Certificate> current = Optional.of(chain.leaf());
        for (int depth = 0; current.isPresent() && depth < CHAIN_CERTIFICATES_MAX; depth++) {
            var subject = current.get();
            if (signers.stream()
                    .anyMatch(signer -> DeviceChain.valid(signer, now) && DeviceChain.signed(signer, subject))) {
                return true;
            }
            current = chain.issuerOf(subject).filter(issuer -> DeviceChain.valid(issuer, now));
        }
        return false;
    }

    private Attested byGroup(DeviceChain chain, Instant now) {
        Optional<X509Certificate> current = Optional.of(chain.leaf());
        for (int depth = 0; current.isPresent() && depth < CHAIN_CERTIFICATES_MAX; depth++) {
            var signer = signerOf(current.get());
            if (signer.isPresent()) {
                return byGroup(signer.get(), chain, now);
            }
            current = chain.issuerOf(current.get());
            if (current.filter(issuer -> !DeviceChain.valid(issuer, now)).isPresent()) {
                return new Attested.Refused(DpsError.INVALID_CERTIFICATE);
            }
        }
        return new Attested.Refused(DpsError.CA_CERTIFICATE_NOT_FOUND);
    }

    private static Attested byGroup(Signer signer, DeviceChain chain, Instant now) {
        if (!signer.group().settings().enabled()) {
            return new Attested.Disabled(signer.group());
        }
        return DeviceChain.valid(signer.certificate(), now)
                ? new Attested.Accepted(signer.group(), Credential.Certificate.of(chain.leaf()))
                : new Attested.Refused(DpsError.INVALID_CERTIFICATE);
    }

    private Optional<Signer> signerOf(X509Certificate certificate) {
        return signers.getOrDefault(certificate.getIssuerX500Principal(), List.of()).stream()
                .filter(signer -> DeviceChain.signed(signer.certificate(), certificate))
                .findFirst();
    }

    private Map<X500Principal, List<Signer>> indexed() {
        var index = new HashMap<X500Principal, List<Signer>>();
        for (var group : groups.values()) {
            for (var certificate : group.attestation().certificates()) {
                index.computeIfAbsent(certificate.getSubjectX500Principal(), subject -> new ArrayList<>())
                        .add(new Signer(certificate, group));
            }
        }
        return index;
    }

    private void released(@Nullable Enrollment former) {
        if (former != null) {
            former.attestation().certificates().forEach(owners::remove);
        }
    }

    private static boolean sameEntry(Enrollment one, Enrollment other) {
        return one.getClass() == other.getClass() && key(one.id()).equals(key(other.id()));
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
