package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.app.ServiceClient.Answer;
import dev.berth.pki.CertifiedKey;
import dev.berth.pki.PemFiles;
import java.security.cert.X509Certificate;

/** A tenant that was set up through the public administration, and its devices. */
record TestTenant(ServiceClient admin, String name, CertifiedKey authority) {

    /** With a proven trust anchor, and nothing else. */
    static TestTenant create(ServiceClient admin, String name) {
        var tenant = new TestTenant(admin, name, TestKeys.authority(name + " devices"));
        tenant.made(admin.call("putTenant", tenant.path(""), "{\"displayName\": \"" + name + "\"}"));
        tenant.prove("factory", tenant.authority);
        return tenant;
    }

    /** Adds a trust anchor, and proves by its key that it is the tenant's. */
    void prove(String anchor, CertifiedKey key) {
        add(anchor, key);
        var path = path("/trust-anchors/" + anchor);
        var code = admin.call("createVerificationCode", path + "/verification-code");
        var proof = TestKeys.PKI.proof(key, code.text("code"));
        assertThat(admin.call("verifyTrustAnchor", path + "/verify", certificate(proof))
                        .text("state"))
                .isEqualTo("verified");
    }

    /** Adds a trust anchor that nobody has proved to hold. */
    void add(String anchor, CertifiedKey key) {
        made(admin.call("putTrustAnchor", path("/trust-anchors/" + anchor), certificate(key.certificate())));
    }

    /** Adds a DPS instance that takes the devices of the tenant's first anchor. */
    TestTenant withInstance(String instance, int registrationsPerMinute) {
        made(admin.call("putDpsInstance", path("/dps-instances/" + instance), """
                {"idScope": "%s", "serviceEndpoint": "%s.azure-devices-provisioning.net",
                 "limits": {"registrationsPerMinute": %d}}
                """.formatted(
                        idScope(instance), instance, registrationsPerMinute)));
        return withGroup(instance, "factory");
    }

    TestTenant withGroup(String instance, String anchor) {
        var group = "{\"dpsInstance\": \"%s\", \"trustAnchor\": \"%s\"}".formatted(instance, anchor);
        made(admin.call("putEnrollmentGroup", path("/enrollment-groups/" + instance + "-" + anchor), group));
        return this;
    }

    String idScope(String instance) {
        return "0ne" + name + instance;
    }

    /** A new device of the tenant's first anchor. */
    ServiceClient device(String registrationId) {
        return RunningService.device(TestKeys.device(authority, registrationId));
    }

    Answer administer(String operation, String below) {
        return admin.call(operation, path(below));
    }

    private String path(String below) {
        return "/v1/tenants/" + name + below;
    }

    private void made(Answer answer) {
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(201);
    }

    private static String certificate(X509Certificate certificate) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("certificate", PemFiles.pem(certificate))
                .toString();
    }
}
