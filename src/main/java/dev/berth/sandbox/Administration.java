package dev.berth.sandbox;

import dev.berth.sandbox.HttpsCaller.Answer;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Sets a tenant up through the public admin API, as an administrator would. */
final class Administration {
    private final HttpsCaller https;
    private final String tenantUrl;

    Administration(HttpsCaller https, String adminUrl, String tenant) {
        this.https = https;
        this.tenantUrl = adminUrl + "/v1/tenants/" + tenant;
    }

    void createTenant(String displayName) throws IOException {
        require("the tenant", https.put(tenantUrl, Map.of("displayName", displayName)));
    }

    void createDpsInstance(String name, String idScope, String endpoint, int registrationsPerMinute)
            throws IOException {
        var instance = Map.of(
                "idScope", idScope,
                "globalEndpoint", endpoint,
                "serviceEndpoint", endpoint,
                "limits", Map.of("registrationsPerMinute", registrationsPerMinute));
        require("DPS instance " + name, https.put(tenantUrl + "/dps-instances/" + name, instance));
    }

    /**
     * Adds a CA and proves that its key is ours.
     *
     * @param sign makes from a verification code the certificate that proves it
     */
    void createTrustAnchor(String name, String certificate, UnaryOperator<String> sign) throws IOException {
        String anchor = tenantUrl + "/trust-anchors/" + name;
        require("trust anchor " + name, https.put(anchor, Map.of("certificate", certificate)));
        Answer code = require("a verification code", https.post(anchor + "/verification-code", Map.of()));
        String proof = sign.apply(code.body().path("code").asText());
        require("the proof of possession", https.post(anchor + "/verify", Map.of("certificate", proof)));
    }

    void createEnrollmentGroup(String name, String dpsInstance, String trustAnchor) throws IOException {
        require(
                "enrollment group " + name,
                https.put(
                        tenantUrl + "/enrollment-groups/" + name,
                        Map.of("dpsInstance", dpsInstance, "trustAnchor", trustAnchor)));
    }

    private static Answer require(String what, Answer answer) throws IOException {
        if (!answer.ok()) {
            throw new IOException("the service refused " + what + ": " + answer.explained());
        }
        return answer;
    }
}
