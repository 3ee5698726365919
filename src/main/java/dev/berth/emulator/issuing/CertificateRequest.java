package dev.berth.emulator.issuing;

import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/** A certificate signing request of a device: its name, and the key that it has proven to hold. */
public record CertificateRequest(PKCS10CertificationRequest pkcs10) {
    private static final int BASE64_LENGTH_MAX = 16 * 1024;

    /** The request, if the text is base64 of one in DER and nothing else. */
    public static Optional<CertificateRequest> read(String base64) {
        if (base64.length() > BASE64_LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            var pkcs10 = new PKCS10CertificationRequest(Base64.getDecoder().decode(base64));
            return pkcs10.getSubjectPublicKeyInfo() == null
                    ? Optional.empty()
                    : Optional.of(new CertificateRequest(pkcs10));
        } catch (IOException | RuntimeException malformed) {
            // Hostile encodings make the parser throw unchecked exceptions as well.
            return Optional.empty();
        }
    }

    /** Whether it is signed by its own key, and names the device alone. */
    public boolean isOf(String registrationId) {
        try {
            var names = pkcs10.getSubject().getRDNs(BCStyle.CN);
            return names.length == 1
                    && IETFUtils.valueToString(names[0].getFirst().getValue()).equalsIgnoreCase(registrationId)
                    && pkcs10.isSignatureValid(
                            new JcaContentVerifierProviderBuilder().build(pkcs10.getSubjectPublicKeyInfo()));
        } catch (OperatorCreationException | PKCSException | RuntimeException unusable) {
            return false;
        }
    }
}
