package dev.berth.sandbox;

import dev.berth.emulator.EmulatorDescription;
import dev.berth.sandbox.HttpsCaller.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Sets a tenant up through the public admin API, as an administrator would. */
final class Administration {
    private static final Duration ENROLLMENTS_WAIT_MAX = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final HttpsCaller https;
    private final String tenantUrl;

    Administration(HttpsCaller https, String adminUrl, String tenant) {
        this.https = https;
        this.tenantUrl = adminUrl + "/v1/tenants/" + tenant;
    }

    void createTenant(String displayName) throws IOException {
        require("the tenant", https.put(tenantUrl, Map.of("displayName", displayName)));
    }

    /** Its credentials have its name. */
    void createDpsInstance(EmulatorDescription.Instance dps, String globalEndpoint, int registrationsPerMinute)
            throws IOException {
        var instance = Map.of(
                "idScope", dps.idScope(),
                "globalEndpoint", globalEndpoint,
                "serviceEndpoint", dps.serviceEndpoint(),
                "serviceCredentials", dps.name(),
                "enrollmentPolicy", "managed",
                "limits", Map.of("registrationsPerMinute", registrationsPerMinute));
        require("DPS instance " + dps.name(), https.put(instanceUrl(dps.name()), instance));
    }

    /** Returns when Berth has seen the enrollments of the instance stand. */
    void awaitEnrollments(String dpsInstance) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + ENROLLMENTS_WAIT_MAX.toNanos();
        Answer sync = enrollmentSync(dpsInstance);
        while (!stand(sync)) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the enrollments of " + dpsInstance + " do not stand after "
                        + ENROLLMENTS_WAIT_MAX.toSeconds() + " s: " + sync.body());
            }
            Thread.sleep(LOOK_EVERY);
            sync = enrollmentSync(dpsInstance);
        }
    }

    private Answer enrollmentSync(String dpsInstance) throws IOException {
        return require("its enrollment sync", https.get(instanceUrl(dpsInstance) + "/enrollment-sync"));
    }

    private static boolean stand(Answer sync) {
        var groups = sync.body().path("groups");
        boolean all = !groups.isEmpty();
        for (var group : groups) {
            all &= "standing".equals(group.path("state").asText());
        }
        return all && "done".equals(sync.body().path("status").asText());
    }

    private String instanceUrl(String dpsInstance) {
        return tenantUrl + "/dps-instances/" + dpsInstance;
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

    private static Answer require(String what, Answer answer) throws IOException {
        if (!answer.ok()) {
            throw new IOException("the service refused " + what + ": " + answer.explained());
        }
        return answer;
    }
}
