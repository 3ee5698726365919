package dev.berth.api.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemException;
import dev.berth.api.problem.Violation;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** One X.509 certificate as a JSON member. */
final class PemCertificate {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private PemCertificate() {}

    /** The certificate, or the problem that the member holds none. */
    static X509Certificate read(ObjectNode json, String member) {
        byte[] pem = json.path(member).asText().strip().getBytes(US_ASCII);
        try {
            var found = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
            return (X509Certificate) found;
        } catch (CertificateException | RuntimeException e) {
            throw new ProblemException(
                    Problem.validation(List.of(Violation.body("/" + member, "is not an X.509 certificate in PEM"))));
        }
    }

    static String write(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n" + LINES.encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }
}
