package dev.berth.enrollment;

import dev.berth.identity.Certificates;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** How a group tells its devices from others. */
public sealed interface Attestation {
    /** By certificates that the group itself carries; the secondary is there while they are rolled. */
    record SigningCertificates(
            @Nullable Signer primary, @Nullable Signer secondary) implements Attestation {}

    /** By certificates that were uploaded to the instance as CAs, under these names. */
    record CaReferences(@Nullable String primary, @Nullable String secondary) implements Attestation {}

    /** By symmetric keys or in a way unknown here; Berth leaves such groups alone. */
    record Other(String type) implements Attestation {}

    /**
     * One signing certificate. DPS tells the thumbprint of what it holds, not always the certificate.
     *
     * @param thumbprint SHA-256, in lower-case hex
     * @param certificate null where DPS does not tell; needed to write
     */
    record Signer(String thumbprint, @Nullable X509Certificate certificate) {
        public static Signer of(X509Certificate certificate) {
            return new Signer(Certificates.thumbprint(certificate), certificate);
        }
    }
}
