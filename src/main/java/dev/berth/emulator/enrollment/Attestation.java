package dev.berth.emulator.enrollment;

import dev.berth.emulator.protocol.SharedAccessKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a device of an enrollment proves itself. Lists hold the primary certificate and, if there is one, the secondary. */
public sealed interface Attestation {
    /** The certificates that this attestation alone may use in its instance. */
    List<X509Certificate> certificates();

    /** The device's own certificate. */
    record ClientCertificates(List<X509Certificate> certificates) implements Attestation {}

    /** A CA above the device's certificate. */
    record Signers(List<X509Certificate> certificates) implements Attestation {}

    /** A key that the device, or a group's owner, shares with the instance. */
    record SymmetricKey(SharedAccessKey primary, SharedAccessKey secondary) implements Attestation {
        @Override
        public List<X509Certificate> certificates() {
            return List.of();
        }
    }

    /**
     * A TPM that can read what was encrypted to it.
     *
     * @param endorsementKey TPM2B_PUBLIC in base64
     * @param storageRootKey the same, or null until the device has told it
     */
    record Tpm(String endorsementKey, @Nullable String storageRootKey) implements Attestation {
        @Override
        public List<X509Certificate> certificates() {
            return List.of();
        }
    }
}
