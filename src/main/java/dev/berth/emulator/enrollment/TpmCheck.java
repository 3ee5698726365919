package dev.berth.emulator.enrollment;

import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.SasToken;
import java.util.Optional;

/** Judges the devices of enabled enrollments by TPM, which takes two requests. */
@FunctionalInterface
public interface TpmCheck {
    /** Nobody passes. */
    TpmCheck NONE = (individual, keys, token) -> new Attested.Refused(DpsError.UNAUTHORIZED);

    /** The token is for this device and not expired; nobody has checked its signature. */
    Attested attest(Enrollment.Individual individual, Attestation.Tpm keys, Optional<SasToken> token);
}
