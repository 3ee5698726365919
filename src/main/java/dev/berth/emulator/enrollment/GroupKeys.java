package dev.berth.emulator.enrollment;

import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.SasToken;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The groups whose devices sign with keys that are derived from the group's. A token does not name its group, so the
 * groups are tried in the order in which they were added; the first whose key fits decides.
 */
record GroupKeys(List<Enrollment.Group> groups) {
    static final GroupKeys NONE = new GroupKeys(List.of());

    static GroupKeys of(Collection<Enrollment.Group> groups) {
        return new GroupKeys(groups.stream()
                .filter(group -> group.attestation() instanceof Attestation.SymmetricKey)
                .toList());
    }

    Attested attest(String registrationId, SasToken token) {
        return groups.stream()
                .filter(group -> group.attestation() instanceof Attestation.SymmetricKey keys
                        && signed(keys, registrationId, token))
                .findFirst()
                .<Attested>map(group -> group.settings().enabled()
                        ? new Attested.Accepted(group, Credential.Key.SYMMETRIC)
                        : new Attested.Disabled(group))
                .orElseGet(() -> new Attested.Refused(DpsError.UNAUTHORIZED));
    }

    /** SDKs leave it to their users whether the name is in small letters when the key is derived, so both are right. */
    private static boolean signed(Attestation.SymmetricKey keys, String registrationId, SasToken token) {
        return Stream.of(registrationId, registrationId.toLowerCase(Locale.ROOT))
                .distinct()
                .anyMatch(name -> token.signedBy(keys.primary().derived(name))
                        || token.signedBy(keys.secondary().derived(name)));
    }
}
