package dev.berth.emulator.enrollment;

import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.RegistrationIds;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a certificate chain proves by itself, before any enrollment is asked. */
final class ChainCheck {
    static final int CHAIN_CERTIFICATES_MAX = 10;

    private ChainCheck() {}

    /** Why the chain is not one of this device; nothing if it is. */
    static Optional<DpsError> error(DeviceChain chain, String registrationId, Instant now) {
        if (chain.others().size() >= CHAIN_CERTIFICATES_MAX
                || chain.commonName()
                        // Folding letters outside of ASCII would let one name be mistaken for another.
                        .filter(name -> RegistrationIds.valid(name) && name.equalsIgnoreCase(registrationId))
                        .isEmpty()) {
            return Optional.of(DpsError.UNAUTHORIZED);
        }
        return DeviceChain.valid(chain.leaf(), now) ? Optional.empty() : Optional.of(DpsError.INVALID_CERTIFICATE);
    }

    /** Whether one of the signers, which are valid themselves, stands anywhere above the device. */
    static boolean reaches(List<X509Certificate> signers, DeviceChain chain, Instant now) {
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
}
