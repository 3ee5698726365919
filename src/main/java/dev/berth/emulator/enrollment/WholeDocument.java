package dev.berth.emulator.enrollment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.protocol.CertificateInfo;
import dev.berth.emulator.protocol.SharedAccessKey;
import java.security.cert.X509Certificate;
import java.util.Iterator;
import java.util.List;

/** What is kept of a document: all that was sent, without the service's own members, with what the service adds. */
final class WholeDocument {
    private static final List<String> READ_ONLY =
            List.of("etag", "createdDateTimeUtc", "lastUpdatedDateTimeUtc", "registrationState");

    private WholeDocument() {}

    static ObjectNode of(ObjectNode sent, Enrollment enrollment) {
        var whole = sent.deepCopy();
        whole.remove(READ_ONLY);
        removeNulls(whole.elements());
        if (!whole.has("provisioningStatus")) {
            whole.put("provisioningStatus", "enabled");
        }
        var attestation = whole.withObject("/attestation");
        removeAllNulls(attestation);
        switch (enrollment.attestation()) {
            case Attestation.SymmetricKey(var primary, var secondary) -> keys(attestation, primary, secondary);
            case Attestation.ClientCertificates(var certificates) ->
                infos(attestation.at("/x509/clientCertificates"), certificates);
            case Attestation.Signers(var certificates) ->
                infos(attestation.at("/x509/signingCertificates"), certificates);
            case Attestation.Tpm tpm -> {}
        }
        return whole;
    }

    private static void keys(ObjectNode attestation, SharedAccessKey primary, SharedAccessKey secondary) {
        attestation
                .putObject("symmetricKey")
                .put("primaryKey", primary.base64())
                .put("secondaryKey", secondary.base64());
    }

    /** Nothing to do where a document refers to uploaded CAs: the section is missing then. */
    private static void infos(JsonNode section, List<X509Certificate> certificates) {
        var names = List.of("primary", "secondary");
        for (int i = 0; i < certificates.size(); i++) {
            if (section.path(names.get(i)) instanceof ObjectNode entry) {
                entry.set("info", CertificateInfo.of(certificates.get(i)));
            }
        }
    }

    /** Some clients write null for what they do not mean. */
    private static void removeAllNulls(JsonNode node) {
        removeNulls(node.elements());
        node.forEach(WholeDocument::removeAllNulls);
    }

    private static void removeNulls(Iterator<JsonNode> elements) {
        while (elements.hasNext()) {
            if (elements.next().isNull()) {
                elements.remove();
            }
        }
    }
}
