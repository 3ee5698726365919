package dev.berth.emulator.tpm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.enrollment.Attestation;
import dev.berth.emulator.enrollment.Attested;
import dev.berth.emulator.enrollment.Credential;
import dev.berth.emulator.enrollment.Enrollment;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.SasToken;
import dev.berth.emulator.protocol.SharedAccessKey;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the TPMs of one instance have been challenged with. A challenge serves until the next one or for an hour. */
public final class TpmChallenges {
    static final int CHALLENGES_MAX = 10_000;

    private static final long LIFETIME = Duration.ofHours(1).toNanos();
    private static final int KEY_BYTES = 32;

    private final String idScope;
    private final Map<String, Challenge> byKey = new LinkedHashMap<>();

    private record Challenge(SharedAccessKey nonce, String hubKey, long madeAt) {}

    public TpmChallenges(String idScope) {
        this.idScope = idScope;
    }

    /**
     * Judges a device of an enabled enrollment: by its token, or by a challenge if it sends keys and no token yet.
     *
     * @param sent {@code tpm} of the register request
     * @param now in monotonic nanoseconds
     */
    public Attested attest(
            Enrollment.Individual individual,
            Attestation.Tpm enrolled,
            Optional<SasToken> token,
            @Nullable JsonNode sent,
            long now) {
        if (token.isPresent()) {
            return find(individual.id(), now)
                    .filter(challenge -> token.get().signedBy(challenge.nonce()))
                    .<Attested>map(
                            challenge -> new Attested.Accepted(individual, new Credential.Tpm(challenge.hubKey())))
                    .orElseGet(() -> new Attested.Refused(DpsError.UNAUTHORIZED));
        }
        return sent == null ? new Attested.Refused(DpsError.UNAUTHORIZED) : challenged(individual, enrolled, sent, now);
    }

    /** The storage root key may be another one than enrolled: it changes with the TPM's owner, the endorsement key never. */
    private Attested challenged(Enrollment.Individual individual, Attestation.Tpm enrolled, JsonNode sent, long now) {
        var rootKey = sent.path("storageRootKey").asText(enrolled.storageRootKey());
        var endorsement = TpmPublic.parse(sent.path("endorsementKey").asText());
        var root = rootKey == null ? Optional.<TpmPublic>empty() : TpmPublic.parse(rootKey);
        if (endorsement.isEmpty() || root.isEmpty()) {
            return new Attested.Refused(DpsError.UNSUPPORTED_TPM);
        }
        if (TpmPublic.parse(enrolled.endorsementKey())
                .filter(key -> key.key().equals(endorsement.get().key()))
                .isEmpty()) {
            return new Attested.Refused(DpsError.UNAUTHORIZED);
        }
        var uri = idScope + "/registrations/" + individual.id();
        var nonce = TpmSeal.random(KEY_BYTES);
        var hubKey = ActivationBlob.of(endorsement.get(), root.get(), TpmSeal.random(KEY_BYTES), uri);
        remember(
                individual.id(),
                new Challenge(new SharedAccessKey(Base64.getEncoder().encodeToString(nonce)), hubKey, now));
        return new Attested.Challenged(ActivationBlob.of(endorsement.get(), root.get(), nonce, uri));
    }

    private synchronized Optional<Challenge> find(String registrationId, long now) {
        return Optional.ofNullable(byKey.get(key(registrationId)))
                .filter(challenge -> now - challenge.madeAt() < LIFETIME);
    }

    private synchronized void remember(String registrationId, Challenge challenge) {
        byKey.remove(key(registrationId));
        if (byKey.size() >= CHALLENGES_MAX) {
            byKey.remove(byKey.keySet().iterator().next());
        }
        byKey.put(key(registrationId), challenge);
    }

    private static String key(String registrationId) {
        return registrationId.toLowerCase(Locale.ROOT);
    }
}
