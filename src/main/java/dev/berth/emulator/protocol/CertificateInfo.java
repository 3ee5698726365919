package dev.berth.emulator.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.json.Json;
import java.security.cert.X509Certificate;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;

/** DPS's X509CertificateInfo: what it tells of a certificate, always all eight members. */
public final class CertificateInfo {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private CertificateInfo() {}

    public static ObjectNode of(X509Certificate certificate) {
        return Json.object()
                .put("subjectName", certificate.getSubjectX500Principal().toString())
                .put("sha1Thumbprint", Thumbprint.sha1(certificate))
                .put("sha256Thumbprint", Thumbprint.sha256(certificate))
                .put("issuerName", certificate.getIssuerX500Principal().toString())
                .put("notBeforeUtc", seconds(certificate.getNotBefore()))
                .put("notAfterUtc", seconds(certificate.getNotAfter()))
                .put("serialNumber", HEX.formatHex(certificate.getSerialNumber().toByteArray()))
                .put("version", certificate.getVersion());
    }

    private static String seconds(Date date) {
        return date.toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
