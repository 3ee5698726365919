package dev.berth.emulator;

import java.security.cert.X509Certificate;
import java.util.List;

/** How a device of an enrollment proves itself. Lists hold the primary certificate and, if there is one, the secondary. */
sealed interface Attestation {
    /** The certificates that this attestation alone may use in its instance. */
    List<X509Certificate> certificates();

    /** The device's own certificate. */
    record ClientCertificates(List<X509Certificate> certificates) implements Attestation {}

    /** A CA above the device's certificate. */
    record Signers(List<X509Certificate> certificates) implements Attestation {}

    /** A symmetric key or a TPM: kept, because such an entry still decides over its device, but nothing satisfies it yet. */
    record NotEmulated(String type) implements Attestation {
        @Override
        public List<X509Certificate> certificates() {
            return List.of();
        }
    }
}
