package dev.berth.emulator.enrollment;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The enrollments of one instance, and the order in which DPS asks them: the individual enrollment of that name, then the
 * group of the CA nearest to the device, and so on up to the root. The first that is found decides, also when it is
 * disabled.
 */
public final class Enrollments {

    private final Map<String, Enrollment.Individual> individuals = new ConcurrentHashMap<>();
    private final Map<String, Enrollment.Group> groups = new LinkedHashMap<>();
    private final Map<X509Certificate, Enrollment> owners = new HashMap<>();
    private volatile GroupSigners groupSigners = GroupSigners.NONE;
    private volatile GroupKeys groupKeys = GroupKeys.NONE;

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
                index();
            }
        }
        enrollment.attestation().certificates().forEach(certificate -> owners.put(certificate, enrollment));
        return Optional.empty();
    }

    /** Removes the group of that name; what its devices registered stays, as at DPS. */
    public synchronized boolean removeGroup(String id) {
        var removed = groups.remove(key(id));
        released(removed);
        index();
        return removed != null;
    }

    public synchronized boolean removeIndividual(String registrationId) {
        var removed = individuals.remove(key(registrationId));
        released(removed);
        return removed != null;
    }

    /** The individual enrollment of that name decides, else a group. */
    public Attested attest(Claim claim, Instant now) {
        return attest(claim, TpmCheck.NONE, now);
    }

    /** The same, where TPMs can be asked. */
    public Attested attest(Claim claim, TpmCheck tpms, Instant now) {
        var proof = Proof.of(claim, now);
        var individual = individuals.get(key(claim.registrationId()));
        if (individual != null && individual.attestation() instanceof Attestation.Tpm keys) {
            return individual.settings().enabled()
                    ? tpms.attest(individual, keys, proof.token())
                    : new Attested.Disabled(individual);
        }
        if (proof.isEmpty()) {
            return new Attested.Refused(proof.error());
        }
        return individual == null
                ? proof.byGroup(claim.registrationId(), groupKeys, groupSigners, now)
                : proof.byIndividual(individual, now);
    }

    private void index() {
        groupSigners = GroupSigners.of(groups.values());
        groupKeys = GroupKeys.of(groups.values());
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
