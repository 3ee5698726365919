package dev.berth.api.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.PemFiles;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DeviceState;
import dev.berth.provisioning.Devices;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What administrators do with resources; every answer is held to the contract on the way. */
@QuarkusTest
@TestProfile(AdminProfile.class)
class AdminApiTest {
    private static final String TENANT = "{\"displayName\": \"Contoso\"}";
    private final AdminClient admin = AdminClient.as(TestPki.PLATFORM_ADMIN);

    @Inject
    Devices devices;

    private String tenant = "";
    private String path = "";

    @BeforeEach
    void eachTestHasATenantOfItsOwn(TestInfo test) {
        tenant = "t" + Integer.toHexString(test.getDisplayName().hashCode());
        path = "/v1/tenants/" + tenant;
        assertThat(admin.put("putTenant", path, TENANT).status()).isEqualTo(201);
    }

    @Test
    void aResourceIsCreatedReadReplacedAndDeleted() {
        var created = admin.put("putDpsInstance", path + "/dps-instances/eu-1", instance("0neA"));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("location")).endsWith(path + "/dps-instances/eu-1");
        assertThat(created.json().at("/limits/registrationsPerMinute").asInt()).isEqualTo(1_000);

        var read = admin.get("getDpsInstance", path + "/dps-instances/eu-1");
        assertThat(read.etag()).isEqualTo(created.etag());
        assertThat(read.json()).isEqualTo(created.json());

        var replaced =
                admin.put("putDpsInstance", path + "/dps-instances/eu-1", heavy("0neA"), "If-Match", read.etag());
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().path("weight").asInt()).isEqualTo(5);
        assertThat(replaced.etag()).isNotEqualTo(read.etag());

        assertThat(admin.delete("deleteDpsInstance", path + "/dps-instances/eu-1")
                        .status())
                .isEqualTo(204);
        assertThat(admin.get("getDpsInstance", path + "/dps-instances/eu-1").problem())
                .isEqualTo("not-found");
    }

    @Test
    void whereThereIsOneRegionAnInstanceMovesNowhere() {
        admin.put("putDpsInstance", path + "/dps-instances/eu-1", instance("0neV"));
        var move = path + "/dps-instances/eu-1/move";
        var north = "{\"homeRegion\": \"northeurope\"}";

        assertThat(admin.post("moveDpsInstance", move, north).problem()).isEqualTo("conflict");
        assertThat(admin.post("moveDpsInstance", path + "/dps-instances/eu-2/move", north)
                        .problem())
                .isEqualTo("not-found");
        assertThat(admin.post("moveDpsInstance", move, "{\"homeRegion\": \"North Europe\"}")
                        .problem())
                .isEqualTo("validation");
        assertThat(admin.call("moveDpsInstance", move, north.getBytes(UTF_8), "If-Match", "\"older\"")
                        .problem())
                .isEqualTo("precondition-failed");
    }

    @Test
    void anInstanceThatBerthManagesIsOneRequestAndItsSyncCanBeFollowed() {
        var managed = "{\"idScope\": \"0neM\", \"serviceEndpoint\": \"m.azure-devices-provisioning.net\", "
                + "\"serviceCredentials\": \"contoso-m\", \"enrollmentPolicy\": \"managed\"}";
        assertThat(admin.put("putDpsInstance", path + "/dps-instances/m", managed)
                        .status())
                .isEqualTo(201);
        var sync = path + "/dps-instances/m/enrollment-sync";

        assertThat(admin.get("getEnrollmentSync", sync).json().path("status").asText())
                .isEqualTo("never");
        var accepted = admin.post("runEnrollmentSync", sync, null);

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.header("operation-location")).isEqualTo(sync);
    }

    @Test
    void aSyncNeedsAnInstanceThatCanBeCalled() {
        admin.put("putDpsInstance", path + "/dps-instances/eu-1", instance("0neN"));

        assertThat(admin.post("runEnrollmentSync", path + "/dps-instances/eu-1/enrollment-sync", null)
                        .problem())
                .isEqualTo("conflict");
        assertThat(admin.post("runEnrollmentSync", path + "/dps-instances/nowhere/enrollment-sync", null)
                        .problem())
                .isEqualTo("not-found");
    }

    @Test
    void aPolicyThatNeedsCredentialsIsRefusedWithoutThem() {
        var answer = admin.put(
                "putDpsInstance",
                path + "/dps-instances/eu-1",
                "{\"idScope\": \"0neP\", \"serviceEndpoint\": \"p.azure-devices-provisioning.net\", "
                        + "\"enrollmentPolicy\": \"verified\"}");

        assertThat(answer.problem()).isEqualTo("validation");
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo("/serviceCredentials");
    }

    @Test
    void replacingNeedsTheVersionItIsBasedOn() {
        var stale = admin.get("getTenant", path).etag();

        assertThat(admin.put("putTenant", path, TENANT).problem()).isEqualTo("precondition-required");
        assertThat(admin.put("putTenant", path, TENANT, "If-Match", stale).status())
                .isEqualTo(200);
        assertThat(admin.put("putTenant", path, TENANT, "If-Match", stale).problem())
                .isEqualTo("precondition-failed");
        assertThat(admin.put("putTenant", path, TENANT, "If-Match", "*").status())
                .isEqualTo(200);
    }

    @Test
    void conditionsOfWhatDoesNotExistFail() {
        var group = path + "/enrollment-groups/none";
        var body = "{\"dpsInstance\": \"eu-1\", \"trustAnchor\": \"factory\"}";

        assertThat(admin.put("putEnrollmentGroup", group, body, "If-Match", "\"1\"")
                        .problem())
                .isEqualTo("precondition-failed");
        assertThat(admin.put("putEnrollmentGroup", group, body, "If-Match", "*").problem())
                .isEqualTo("precondition-failed");
        assertThat(admin.put("putTenant", path, TENANT, "If-None-Match", "*").problem())
                .isEqualTo("precondition-failed");
    }

    @Test
    void deletingAStaleVersionIsRefused() {
        assertThat(admin.delete("deleteTenant", path, "If-Match", "\"other\"").problem())
                .isEqualTo("precondition-failed");
    }

    @Test
    void aListIsReadPageByPage() {
        for (int i = 0; i < 5; i++) {
            admin.put("putDpsInstance", path + "/dps-instances/i" + i, instance("0ne" + tenant + i));
        }
        var names = new ArrayList<String>();
        var next = path + "/dps-instances?limit=2";
        while (!next.isEmpty()) {
            var page = admin.get("listDpsInstances", next).json();
            page.path("value").forEach(item -> names.add(item.path("name").asText()));
            next = page.path("nextLink").asText();
        }
        assertThat(names).containsExactly("i0", "i1", "i2", "i3", "i4");
    }

    @Test
    void aCursorThatNoPageGaveIsAWrongParameter() {
        var answer = admin.get("listDpsInstances", path + "/dps-instances?cursor=nonsense");

        assertThat(answer.problem()).isEqualTo("validation");
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo("/cursor");
    }

    @Test
    void everyWrongFieldIsNamed() {
        var answer = admin.put("putDpsInstance", path + "/dps-instances/eu-1", "{\"weight\": 0, \"color\": \"red\"}");

        assertThat(answer.problem()).isEqualTo("validation");
        assertThat(answer.json().path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/idScope", "/serviceEndpoint", "/weight", "/color");
    }

    @Test
    void rulesThatTheFormDoesNotShowAreValidationToo() {
        var answer = admin.put(
                "putDpsInstance",
                path + "/dps-instances/eu-1",
                "{\"idScope\": \"0neZ\", \"serviceEndpoint\": \"evil.example.com\"}");

        assertThat(answer.problem()).isEqualTo("validation");
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo("/serviceEndpoint");
    }

    @Test
    void anAnchorIsVerifiedByWhoHoldsItsKey() {
        var anchor = anchored("factory");
        var read = admin.get("getTrustAnchor", path + "/trust-anchors/factory");
        assertThat(read.json().path("state").asText()).isEqualTo("pending");

        var code = code("factory");
        assertThat(verify("factory", TestPki.PKI.proof(anchor, "0".repeat(64))).problem())
                .isEqualTo("validation");
        assertThat(verify("factory", TestPki.PKI.proof(root(), code)).problem()).isEqualTo("validation");

        var verified = verify("factory", TestPki.PKI.proof(anchor, code));
        assertThat(verified.status()).isEqualTo(200);
        assertThat(verified.json().path("state").asText()).isEqualTo("verified");
        assertThat(verify("factory", TestPki.PKI.proof(anchor, code)).status()).isEqualTo(400);
        assertThat(admin.post("createVerificationCode", path + "/trust-anchors/factory/verification-code", null)
                        .problem())
                .isEqualTo("conflict");
    }

    @Test
    void whatIsNoCertificateIsNamed() {
        var text = "-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----";

        var answer =
                admin.put("putTrustAnchor", path + "/trust-anchors/factory", "{\"certificate\": \"" + text + "\"}");

        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo("/certificate");
    }

    @Test
    void whatIsUsedIsNotDeleted() {
        verify("factory", TestPki.PKI.proof(anchored("factory"), code("factory")));
        admin.put("putDpsInstance", path + "/dps-instances/eu-1", instance("0ne" + tenant));
        var body = "{\"dpsInstance\": \"eu-1\", \"trustAnchor\": \"factory\"}";
        assertThat(admin.put("putEnrollmentGroup", path + "/enrollment-groups/g", body)
                        .status())
                .isEqualTo(201);

        assertThat(admin.delete("deleteDpsInstance", path + "/dps-instances/eu-1")
                        .problem())
                .isEqualTo("conflict");
        assertThat(admin.delete("deleteTrustAnchor", path + "/trust-anchors/factory")
                        .problem())
                .isEqualTo("conflict");
        assertThat(admin.delete("deleteTenant", path).problem()).isEqualTo("conflict");
        assertThat(admin.delete("deleteEnrollmentGroup", path + "/enrollment-groups/g")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void anInstanceWithDevicesIsNotDeleted() {
        admin.put("putDpsInstance", path + "/dps-instances/eu-1", instance("0ne" + tenant));
        told("d-1");

        assertThat(admin.delete("deleteDpsInstance", path + "/dps-instances/eu-1")
                        .problem())
                .isEqualTo("conflict");
    }

    @Test
    void devicesAreFoundByNameByStateAndByInstance() {
        admin.put("putDpsInstance", path + "/dps-instances/eu-1", instance("0ne" + tenant));
        told("d-1");
        told("d-2");

        var device = admin.get("getDevice", path + "/devices/D-1");
        assertThat(device.json().path("state").asText()).isEqualTo("told");
        assertThat(device.json().path("idScope").asText()).isEqualTo("0ne" + tenant);
        assertThat(found("")).containsExactly("d-1", "d-2");
        assertThat(found("?state=told")).containsExactly("d-1", "d-2");
        assertThat(found("?state=failed")).isEmpty();
        assertThat(found("?dpsInstance=eu-1&limit=1")).containsExactly("d-1");
        assertThat(admin.get("listDevices", path + "/devices?state=told&dpsInstance=eu-1")
                        .problem())
                .isEqualTo("validation");
        assertThat(admin.get("getDevice", path + "/devices/d-3").problem()).isEqualTo("not-found");
    }

    @Test
    void theListOfATenantThatDoesNotExistIsNotFound() {
        assertThat(admin.get("listDevices", "/v1/tenants/nobody/devices").problem())
                .isEqualTo("not-found");
        assertThat(admin.put("putDpsInstance", "/v1/tenants/nobody/dps-instances/a", instance("0neQ"))
                        .problem())
                .isEqualTo("not-found");
    }

    @Test
    void aProblemLinksToItsPage() {
        var help =
                admin.get("getTenant", "/v1/tenants/nobody").json().path("help").asText();

        assertThat(AdminClient.anonymous().get("getProblemPage", help).status()).isEqualTo(200);
    }

    @Test
    void anAnswerIsNamedByTheTraceOfItsRequest() {
        var traced = AdminClient.as(TestPki.PLATFORM_ADMIN)
                .with("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        assertThat(traced.get("getTenant", path).header("x-request-id")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void anAnswerIsNamedAsItsCallerNamesTheRequest() {
        var named = AdminClient.as(TestPki.PLATFORM_ADMIN).with("X-Request-Id", "order-7");

        assertThat(named.get("getTenant", path).header("x-request-id")).isEqualTo("order-7");
    }

    private List<String> found(String query) {
        return admin.get("listDevices", path + "/devices" + query)
                .json()
                .path("value")
                .findValuesAsText("registrationId");
    }

    private void told(String id) {
        var now = Instant.now();
        var origin = new TenantId(tenant);
        var at = new Assignment(new DpsInstanceId(origin, "eu-1"), 1, now);
        var device = new Device(
                origin, origin, new RegistrationId(id), id, "factory", "00", new DeviceState.Told(at), now, now, now);
        assertThat(devices.insert(device)).isPresent();
    }

    private CertifiedKey anchored(String name) {
        var anchor = root();
        var body = "{\"certificate\": \"" + PemFiles.pem(anchor.certificate()).replace("\n", "\\n") + "\"}";
        assertThat(admin.put("putTrustAnchor", path + "/trust-anchors/" + name, body)
                        .status())
                .isEqualTo(201);
        return anchor;
    }

    private static CertifiedKey root() {
        return TestPki.PKI.root("Factory", KeyAlgorithm.P_256);
    }

    private String code(String name) {
        return admin.post("createVerificationCode", path + "/trust-anchors/" + name + "/verification-code", null)
                .json()
                .path("code")
                .asText();
    }

    private AdminClient.Answer verify(String name, X509Certificate proof) {
        var body = "{\"certificate\": \"" + PemFiles.pem(proof).replace("\n", "\\n") + "\"}";
        return admin.post("verifyTrustAnchor", path + "/trust-anchors/" + name + "/verify", body);
    }

    private static String heavy(String idScope) {
        return instance(idScope).replace("}", ", \"weight\": 5}");
    }

    private static String instance(String idScope) {
        return "{\"idScope\": \"" + idScope + "\", \"serviceEndpoint\": \"a.azure-devices-provisioning.net\"}";
    }
}
