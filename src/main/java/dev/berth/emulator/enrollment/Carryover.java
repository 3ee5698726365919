package dev.berth.emulator.enrollment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Clients read a document, change something and write it back. Keys are not in what they have read, and certificates may
 * be there by their info only, so that both are taken from the version before when they are left out.
 */
final class Carryover {
    private static final List<String> ENTRIES = List.of("primary", "secondary");

    private Carryover() {}

    static ObjectNode completed(ObjectNode sent, ObjectNode before) {
        var completed = sent.deepCopy();
        var earlier = before.path("attestation");
        if (completed.path("attestation") instanceof ObjectNode attestation
                && attestation.path("type").equals(earlier.path("type"))) {
            keys(attestation, earlier.path("symmetricKey"));
            for (String section : List.of("clientCertificates", "signingCertificates")) {
                certificates(
                        attestation.path("x509").path(section),
                        earlier.path("x509").path(section));
            }
        }
        return completed;
    }

    private static void keys(ObjectNode attestation, JsonNode earlier) {
        if (!earlier.isObject()) {
            return;
        }
        var node = attestation.path("symmetricKey");
        if (node.isMissingNode() || node.isNull()) {
            attestation.set("symmetricKey", earlier.deepCopy());
        } else if (node instanceof ObjectNode keys) {
            earlier.fieldNames().forEachRemaining(name -> {
                if (keys.path(name).asText("").isBlank()) {
                    keys.set(name, earlier.path(name));
                }
            });
        }
    }

    private static void certificates(JsonNode section, JsonNode earlier) {
        for (String name : ENTRIES) {
            if (section.path(name) instanceof ObjectNode entry && !entry.hasNonNull("certificate")) {
                var thumbprint = entry.at("/info/sha256Thumbprint");
                for (String candidate : ENTRIES) {
                    var kept = earlier.path(candidate);
                    if (thumbprint.isTextual() && thumbprint.equals(kept.at("/info/sha256Thumbprint"))) {
                        entry.set("certificate", kept.path("certificate"));
                    }
                }
            }
        }
    }
}
