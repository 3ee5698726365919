package dev.berth.dps;

import com.microsoft.azure.sdk.iot.provisioning.service.configs.EnrollmentGroup;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.X509Attestation;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.X509CertificateWithInfo;
import com.microsoft.azure.sdk.iot.provisioning.service.exceptions.ProvisioningServiceClientException;
import dev.berth.enrollment.Attestation;
import dev.berth.enrollment.Attestation.Signer;
import dev.berth.enrollment.DpsServiceException;
import dev.berth.identity.Certificates;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a group attests, between the client's classes and ours. */
final class AttestationMapping {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    private static final Pattern ARMOUR = Pattern.compile("-----[A-Z ]+-----|\\s");

    private AttestationMapping() {}

    static Attestation read(EnrollmentGroup group) {
        try {
            return group.getAttestation() instanceof X509Attestation x509
                    ? x509(x509)
                    : new Attestation.Other(group.getAttestation().getClass().getSimpleName());
        } catch (ProvisioningServiceClientException | RuntimeException e) {
            // A way of attesting that the client does not know, or whose keys DPS does not tell.
            return new Attestation.Other("unknown");
        }
    }

    private static Attestation x509(X509Attestation x509) {
        var signing = x509.getRootCertificates();
        if (signing != null) {
            return new Attestation.SigningCertificates(signer(signing.getPrimary()), signer(signing.getSecondary()));
        }
        var references = x509.getCAReferences();
        return references != null
                ? new Attestation.CaReferences(references.getPrimary(), references.getSecondary())
                : new Attestation.Other("x509");
    }

    static X509Attestation write(Attestation attestation) {
        return switch (attestation) {
            case Attestation.SigningCertificates(Signer primary, Signer secondary) ->
                X509Attestation.createFromRootCertificates(pem(primary), pem(secondary));
            case Attestation.CaReferences(String primary, String secondary) ->
                X509Attestation.createFromCAReferences(primary, secondary);
            case Attestation.Other(var type) ->
                throw new DpsServiceException(
                        DpsServiceException.Kind.REFUSED, "groups that attest by " + type + " are not written", null);
        };
    }

    private static @Nullable Signer signer(@Nullable X509CertificateWithInfo certificate) {
        if (certificate == null) {
            return null;
        }
        var whole = certificate(certificate.getCertificate());
        if (whole != null) {
            return Signer.of(whole);
        }
        var info = certificate.getInfo();
        var thumbprint = info == null || info.getSha256Thumbprint() == null ? "" : info.getSha256Thumbprint();
        return new Signer(thumbprint.replace(":", "").toLowerCase(Locale.ROOT), null);
    }

    private static @Nullable X509Certificate certificate(@Nullable String pemOrBase64) {
        if (pemOrBase64 == null || pemOrBase64.isBlank()) {
            return null;
        }
        try {
            var base64 = ARMOUR.matcher(pemOrBase64).replaceAll("");
            return Certificates.parse(Base64.getDecoder().decode(base64));
        } catch (CertificateException | IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String pem(@Nullable Signer signer) {
        if (signer == null) {
            return null;
        }
        if (signer.certificate() == null) {
            throw new DpsServiceException(
                    DpsServiceException.Kind.REFUSED, "a group is written with whole certificates", null);
        }
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + LINES.encodeToString(signer.certificate().getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("not an encodable certificate", e);
        }
    }
}
