package dev.berth.emulator.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.enrollment.UploadedAuthority;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.protocol.Thumbprint;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/** CAs as Azure Resource Manager shows them. */
final class CertificateJson {
    private static final DateTimeFormatter RFC_1123 = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private CertificateJson() {}

    static ObjectNode of(UploadedAuthority uploaded, String base) {
        var authority = uploaded.authority();
        var json = Json.object()
                .put("id", base + '/' + authority.name())
                .put("name", authority.name())
                .put("type", "Microsoft.Devices/provisioningServices/certificates")
                .put("etag", uploaded.etag());
        json.putObject("properties")
                .put(
                        "subject",
                        authority.certificate().getSubjectX500Principal().toString())
                .put("expiry", text(authority.certificate().getNotAfter().toInstant()))
                .put("thumbprint", Thumbprint.sha1(authority.certificate()))
                .put("isVerified", authority.verified())
                .put("certificate", base64(authority.certificate()))
                .put("created", text(uploaded.createdAt()))
                .put("updated", text(uploaded.updatedAt()));
        return json;
    }

    /** The same with the code that its owner is to sign. */
    static ObjectNode withCode(UploadedAuthority uploaded, String base) {
        var json = of(uploaded, base);
        json.withObject("/properties").put("verificationCode", uploaded.verificationCode());
        return json;
    }

    private static String text(Instant instant) {
        return RFC_1123.format(instant);
    }

    private static String base64(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was parsed before", e);
        }
    }
}
