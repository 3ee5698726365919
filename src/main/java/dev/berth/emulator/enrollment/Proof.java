package dev.berth.emulator.enrollment;

import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.SasToken;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What of a claim holds by itself, before any enrollment is asked.
 *
 * @param chain one whose leaf is valid and carries the device's name
 * @param token one that is not expired and for this device at this instance; nobody has checked its signature
 * @param tokenShown whether there was a token, good or bad
 * @param error what the device is told if nothing holds
 */
record Proof(Optional<DeviceChain> chain, Optional<SasToken> token, boolean tokenShown, DpsError error) {
    /** SDKs name the key {@code registration} or not at all. */
    private static final Set<String> POLICIES = Set.of("", "registration");

    static Proof of(Claim claim, Instant now) {
        var shown = claim.evidence();
        var chainError = shown.chain().flatMap(chain -> ChainCheck.error(chain, claim.registrationId(), now));
        boolean tokenShown = shown.token().isPresent();
        return new Proof(
                shown.chain().filter(chain -> chainError.isEmpty()),
                shown.token().flatMap(SasToken::parse).filter(token -> isFor(token, claim) && !token.expired(now)),
                tokenShown,
                tokenShown ? DpsError.UNAUTHORIZED : chainError.orElse(DpsError.UNAUTHORIZED));
    }

    private static boolean isFor(SasToken token, Claim claim) {
        return POLICIES.contains(token.policy())
                && token.decodedResource()
                        .equalsIgnoreCase(claim.idScope() + "/registrations/" + claim.registrationId());
    }

    boolean isEmpty() {
        return chain.isEmpty() && token.isEmpty();
    }

    /** A certificate comes with the connection, a token with the request: so a token, where one is shown, counts. */
    Attested byGroup(String registrationId, GroupKeys keys, GroupSigners signers, Instant now) {
        var attested = tokenShown
                ? token.map(good -> keys.attest(registrationId, good))
                : chain.map(good -> signers.attest(good, now));
        return attested.orElseGet(() -> new Attested.Refused(error));
    }

    /** The enrollment's kind says what counts. A disabled one keeps its device out whatever it shows. */
    Attested byIndividual(Enrollment.Individual individual, Instant now) {
        if (!individual.settings().enabled()) {
            return new Attested.Disabled(individual);
        }
        return credential(individual.attestation(), now)
                .<Attested>map(credential -> new Attested.Accepted(individual, credential))
                .orElseGet(() -> new Attested.Refused(DpsError.UNAUTHORIZED));
    }

    private Optional<Credential> credential(Attestation attestation, Instant now) {
        return switch (attestation) {
            case Attestation.ClientCertificates own ->
                chain.map(DeviceChain::leaf)
                        .filter(own.certificates()::contains)
                        .map(Credential.Certificate::of);
            case Attestation.Signers signers ->
                chain.filter(shown -> ChainCheck.reaches(signers.certificates(), shown, now))
                        .map(DeviceChain::leaf)
                        .map(Credential.Certificate::of);
            case Attestation.SymmetricKey keys ->
                token.filter(shown -> shown.signedBy(keys.primary()) || shown.signedBy(keys.secondary()))
                        .map(shown -> Credential.Key.SYMMETRIC);
            case Attestation.Tpm tpm -> Optional.empty();
        };
    }
}
