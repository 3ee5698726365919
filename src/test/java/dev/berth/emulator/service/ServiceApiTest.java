package dev.berth.emulator.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.TestBackend;
import dev.berth.emulator.TestDevice;
import dev.berth.emulator.TestPki;
import dev.berth.emulator.TurnedClock;
import dev.berth.emulator.https.BodyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service API over HTTPS: enrollments, groups and registrations, and every way to be refused. */
class ServiceApiTest {
    private static final TestPki.Entity ROOT = TestPki.root("Fleet Root");
    private static final TestPki.Entity OTHER = TestPki.root("Other Root");
    private static final String KEY = "a2V5a2V5a2V5a2V5a2V5a2V5";
    private static final String GROUP = "{\"enrollmentGroupId\":\"fleet\",\"attestation\":{\"type\":\"symmetricKey\"}}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TurnedClock clock = new TurnedClock();

    @TempDir
    Path directory;

    private Emulator emulator;
    private TestBackend backend;

    @BeforeEach
    void start() throws IOException {
        start("{}");
    }

    private void start(String quotas) throws IOException {
        stop();
        var config = Files.writeString(
                directory.resolve("config.json"),
                "{\"instances\": [{\"name\": \"dps-1\", \"idScope\": \"0ne00000001\", \"quotas\": " + quotas
                        + "}, {\"name\": \"dps-2\", \"idScope\": \"0ne00000002\"}]}");
        emulator = Emulator.start(EmulatorConfig.read(config), directory, clock, BodyReader.Limits.DPS);
        backend = new TestBackend(
                emulator.description(), emulator.description().instances().getFirst(), clock.now());
    }

    @AfterEach
    void stop() throws IOException {
        if (emulator != null) {
            emulator.close();
        }
    }

    @Test
    void eachInstanceHasAListenerAndEnrollmentsOfItsOwn() {
        var instances = emulator.description().instances();
        assertThat(instances.get(0).serviceEndpoint())
                .matches("localhost:\\d+")
                .isNotEqualTo(instances.get(1).serviceEndpoint());
        backend.put("/enrollmentGroups/fleet", GROUP);
        var other = new TestBackend(emulator.description(), instances.get(1), clock.now());
        assertThat(backend.get("/enrollmentGroups/fleet").status()).isEqualTo(200);
        assertThat(other.get("/enrollmentGroups/fleet").status()).isEqualTo(404);
    }

    @Test
    void aDocumentComesBackWholeWithEtagAndTimes() throws IOException {
        var sent = """
                {"enrollmentGroupId": "Fleet-1", "attestation": {"type": "x509", "x509": {"signingCertificates":
                   {"primary": {"certificate": %s}, "secondary": null}}, "tpm": null},
                 "capabilities": {"iotEdge": true}, "iotHubHostName": null, "iotHubs": ["dps-1-hub-2.azure-devices.net"],
                 "initialTwin": {"tags": {"site": "a", "floor": 1}, "properties": {"desired": {"rate": 2.5, "off": null}}},
                 "reprovisionPolicy": {"updateHubAssignment": true, "migrateDeviceData": false},
                 "allocationPolicy": "custom", "customAllocationDefinition": {"webhookUrl": "https://f.example.net/api?code=x", "apiVersion": "2021-10-01"},
                 "namespaceName": "my-namespace", "certificateAuthorityName": "ca-1", "certificatePolicyName": "policy-1",
                 "deviceTypeRefs": ["pump"], "somethingNewer": {"a": [1]}, "etag": "mine", "createdDateTimeUtc": "2001-01-01T00:00:00Z"}""".formatted(text(ROOT.pem()));
        var created = backend.put("/enrollmentGroups/Fleet-1", sent);
        assertThat(created.status()).isEqualTo(200);
        var back = backend.get("/enrollmentgroups/FLEET-1").body();
        assertThat(back).isEqualTo(created.body());
        for (String member : List.of(
                "enrollmentGroupId",
                "capabilities",
                "iotHubs",
                "initialTwin",
                "reprovisionPolicy",
                "allocationPolicy",
                "customAllocationDefinition",
                "namespaceName",
                "certificateAuthorityName",
                "certificatePolicyName",
                "deviceTypeRefs",
                "somethingNewer")) {
            assertThat(back.path(member))
                    .as(member)
                    .isEqualTo(JSON.readTree(sent).path(member));
        }
        assertThat(back.has("iotHubHostName")).isFalse();
        assertThat(back.path("provisioningStatus").asText()).isEqualTo("enabled");
        assertThat(back.path("etag").asText()).matches("[A-Za-z0-9+/]+=*").isNotEqualTo("mine");
        assertThat(back.path("createdDateTimeUtc").asText())
                .matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z")
                .isNotEqualTo("2001-01-01T00:00:00Z");
        assertThat(back.path("lastUpdatedDateTimeUtc")).isEqualTo(back.path("createdDateTimeUtc"));
    }

    @Test
    void aCertificateComesBackWithItsInfo() throws IOException {
        var group =
                backend.put("/enrollmentGroups/fleet", x509Group("fleet", ROOT)).body();
        var primary = group.at("/attestation/x509/signingCertificates/primary");
        assertThat(primary.path("certificate").asText()).isEqualTo(ROOT.pem());
        var info = primary.path("info");
        assertThat(info.path("subjectName").asText()).isEqualTo("CN=Fleet Root");
        assertThat(info.path("issuerName").asText()).isEqualTo("CN=Fleet Root");
        assertThat(info.path("sha1Thumbprint").asText()).matches("[0-9A-F]{40}");
        assertThat(info.path("sha256Thumbprint").asText()).matches("[0-9A-F]{64}");
        assertThat(info.path("notBeforeUtc").asText()).matches("\\S{19}Z");
        assertThat(info.path("notAfterUtc").asText()).matches("\\S{19}Z");
        assertThat(info.path("serialNumber").asText()).matches("[0-9A-F]+");
        assertThat(info.path("version").asInt()).isEqualTo(3);
    }

    @Test
    void aDocumentReadAndWrittenBackWithTheInfoAloneKeepsItsCertificate() throws IOException {
        var group = (ObjectNode)
                backend.put("/enrollmentGroups/fleet", x509Group("fleet", ROOT)).body();
        group.withObject("/attestation/x509/signingCertificates/primary").remove("certificate");
        group.withObject("/attestation/x509/signingCertificates")
                .set("secondary", JSON.readTree("{\"certificate\": " + text(OTHER.pem()) + "}"));
        var updated = backend.put("/enrollmentGroups/fleet", group.toString(), "If-Match", etag(group));
        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.text("/attestation/x509/signingCertificates/primary/certificate"))
                .isEqualTo(ROOT.pem());
        assertThat(updated.text("/attestation/x509/signingCertificates/secondary/info/subjectName"))
                .isEqualTo("CN=Other Root");
    }

    @Test
    void symmetricKeysAreMadeAndShownByTheAttestationMechanismAlone() {
        var created = backend.put("/enrollmentGroups/fleet", GROUP);
        assertThat(created.body().at("/attestation/symmetricKey").isObject()).isTrue();
        assertThat(created.body().at("/attestation/symmetricKey")).isEmpty();
        assertThat(backend.get("/enrollmentGroups/fleet").body().at("/attestation/symmetricKey"))
                .isEmpty();
        var attestation = backend.post("/enrollmentGroups/fleet/attestationmechanism", "");
        assertThat(attestation.status()).isEqualTo(200);
        assertThat(attestation.text("/type")).isEqualTo("symmetricKey");
        assertThat(attestation.text("/symmetricKey/primaryKey"))
                .hasSize(44)
                .isNotEqualTo(attestation.text("/symmetricKey/secondaryKey"));
    }

    @Test
    void aDocumentReadAndWrittenBackKeepsItsKeys() {
        var own =
                "{\"registrationId\":\"a\",\"attestation\":{\"type\":\"symmetricKey\",\"symmetricKey\":{\"primaryKey\":\""
                        + KEY + "\",\"secondaryKey\":\"\"}}}";
        var created = backend.put("/enrollments/a", own);
        var before = backend.post("/enrollments/a/attestationmechanism", "{}").body();
        assertThat(before.at("/symmetricKey/primaryKey").asText()).isEqualTo(KEY);
        assertThat(before.at("/symmetricKey/secondaryKey").asText()).hasSize(44);
        backend.put("/enrollments/a", created.body().toString(), "If-Match", etag(created.body()));
        assertThat(backend.post("/enrollments/a/attestationmechanism", "{}").body())
                .isEqualTo(before);
    }

    @Test
    void aCreationAsksForNoEtagAndAnUpdateForTheRightOne() {
        var first = backend.put("/enrollmentGroups/fleet", GROUP);
        var again = backend.put("/enrollmentGroups/fleet", GROUP);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body().path("errorCode").asInt()).isEqualTo(409201);
        var etagInBody = GROUP.replace("{\"enr", "{\"etag\":\"" + etag(first.body()) + "\",\"enr");
        assertThat(backend.put("/enrollmentGroups/fleet", etagInBody).status()).isEqualTo(409);

        clock.turn(Duration.ofSeconds(5));
        var second = backend.put("/enrollmentGroups/fleet", GROUP, "If-Match", etag(first.body()));
        assertThat(second.status()).isEqualTo(200);
        assertThat(etag(second.body())).isNotEqualTo(etag(first.body()));
        assertThat(second.text("/createdDateTimeUtc")).isEqualTo(first.text("/createdDateTimeUtc"));
        assertThat(second.text("/lastUpdatedDateTimeUtc")).isNotEqualTo(first.text("/lastUpdatedDateTimeUtc"));

        var stale = backend.put("/enrollmentGroups/fleet", GROUP, "If-Match", etag(first.body()));
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.header("x-ms-error-code")).isEqualTo("412000");
        assertThat(backend.put("/enrollmentGroups/fleet", GROUP, "If-Match", '"' + etag(second.body()) + '"')
                        .status())
                .isEqualTo(200);
        assertThat(backend.put("/enrollmentGroups/fleet", GROUP, "If-Match", "*")
                        .status())
                .isEqualTo(200);
        assertThat(backend.put("/enrollmentGroups/none", GROUP.replace("fleet", "none"), "If-Match", "*")
                        .body()
                        .path("errorCode")
                        .asInt())
                .isEqualTo(404201);
    }

    @Test
    void aDeletionHasNoBodyAndMayAskForAnEtag() {
        var created = backend.put("/enrollmentGroups/fleet", GROUP);
        assertThat(backend.delete("/enrollmentGroups/fleet", "If-Match", "other")
                        .status())
                .isEqualTo(412);
        var deleted = backend.delete("/enrollmentGroups/fleet", "If-Match", etag(created.body()));
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.response().body()).isEmpty();
        var missing = backend.delete("/enrollmentGroups/fleet");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body().path("errorCode").asInt()).isEqualTo(404201);
        backend.put("/enrollmentGroups/fleet", GROUP);
        assertThat(backend.delete("/enrollmentGroups/fleet").status()).isEqualTo(204);
    }

    @Test
    void whatIsWrittenHereDecidesOverDevicesAtOnce() throws IOException {
        var device = new TestDevice(emulator.description(), "0ne00000001", ROOT.device("a"));
        assertThat(device.register("a").status()).isEqualTo(401);
        backend.put("/enrollmentGroups/fleet", x509Group("fleet", ROOT));
        assertThat(device.register("a").status()).isEqualTo(202);
        backend.delete("/enrollmentGroups/fleet");
        assertThat(device.register("a").status()).isEqualTo(401);
    }

    @Test
    void aCertificateOfAnotherEnrollmentIsAConflict() throws IOException {
        backend.put("/enrollmentGroups/one", x509Group("one", ROOT));
        var two = backend.put("/enrollmentGroups/two", x509Group("two", ROOT));
        assertThat(two.status()).isEqualTo(409);
        assertThat(two.text("/message")).contains("one");
        assertThat(backend.get("/enrollmentGroups/two").status()).isEqualTo(404);
    }

    @Test
    void anIndividualEnrollmentShowsWhatHasBecomeOfItsDevice() throws IOException {
        var device = ROOT.device("a");
        backend.put("/enrollments/a", individual("a", device));
        assertThat(backend.get("/enrollments/a").body().has("registrationState"))
                .isFalse();
        new TestDevice(emulator.description(), "0ne00000001", device).register("a");
        assertThat(backend.get("/enrollments/A").text("/registrationState/status"))
                .isEqualTo("assigning");
        clock.turn(Duration.ofSeconds(1));
        assertThat(backend.get("/enrollments/a").text("/registrationState/assignedHub"))
                .endsWith(".azure-devices.net");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"select * from enrollmentGroups | 3", "SELECT  *  FROM enrollmentgroups | 2", "* | 1"})
    void aQueryComesPageByPage(String query, int pageSize) {
        for (String id : List.of("c", "A", "b", "e", "d")) {
            backend.put("/enrollmentGroups/" + id, GROUP.replace("fleet", id));
        }
        var body = "{\"query\":\"" + query + "\"}";
        var ids = new ArrayList<String>();
        var page = backend.post("/enrollmentGroups/query", body, "x-ms-max-item-count", "" + pageSize);
        for (int i = 0; i < 5 / pageSize; i++) {
            assertThat(page.body()).hasSize(pageSize);
            page.body().forEach(item -> ids.add(item.path("enrollmentGroupId").asText()));
            page = backend.post(
                    "/enrollmentGroups/query",
                    body,
                    "x-ms-max-item-count",
                    "" + pageSize,
                    "x-ms-continuation",
                    page.header("x-ms-continuation"));
        }
        page.body().forEach(item -> ids.add(item.path("enrollmentGroupId").asText()));
        assertThat(ids).startsWith("A", "b", "c", "d", "e");
        assertThat(page.header("x-ms-item-type")).isEqualTo("enrollmentGroup");
        assertThat(page.header("x-ms-max-item-count")).isEqualTo("" + pageSize);
    }

    @Test
    void theLastPageHasNoContinuation() {
        for (String id : List.of("a", "b")) {
            backend.put("/enrollmentGroups/" + id, GROUP.replace("fleet", id));
        }
        var page = backend.post("/enrollmentGroups/query", "{\"query\":\"*\"}", "x-ms-max-item-count", "2");
        assertThat(page.body()).hasSize(2);
        assertThat(page.response().headers().firstValue("x-ms-continuation")).isEmpty();
        assertThat(backend.post("/enrollments/query", "{\"query\":\"*\"}").body())
                .isEmpty();
    }

    @Test
    void aContinuationSkipsAndRepeatsNothingWhileOthersComeAndGo() {
        for (String id : List.of("b", "d", "f")) {
            backend.put("/enrollmentGroups/" + id, GROUP.replace("fleet", id));
        }
        var first = backend.post("/enrollmentGroups/query", "{\"query\":\"*\"}", "x-ms-max-item-count", "2");
        backend.put("/enrollmentGroups/a", GROUP.replace("fleet", "a"));
        backend.delete("/enrollmentGroups/b");
        backend.delete("/enrollmentGroups/d");
        backend.put("/enrollmentGroups/e", GROUP.replace("fleet", "e"));
        var second = backend.post(
                "/enrollmentGroups/query", "{\"query\":\"*\"}", "x-ms-continuation", first.header("x-ms-continuation"));
        assertThat(second.body().findValuesAsText("enrollmentGroupId")).containsExactly("e", "f");
    }

    @Test
    void aQueryKeepsKeysToItself() {
        backend.put("/enrollmentGroups/fleet", GROUP);
        var page = backend.post("/enrollmentGroups/query", "{\"query\":\"*\"}");
        assertThat(page.response().body()).doesNotContain("primaryKey");
    }

    @ParameterizedTest
    @CsvSource({
        "x-ms-max-item-count, -1",
        "x-ms-max-item-count, many",
        "x-ms-continuation, nonsense",
        "x-ms-continuation, cmVnaXN0cmF0aW9ucy9mbGVldAph"
    })
    void aPageThatMakesNoSenseIsRefused(String header, String value) {
        var answer = backend.post("/enrollmentGroups/query", "{\"query\":\"*\"}", header, value);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/message")).contains(header);
    }

    @Test
    void aPageHoldsNoMoreThanItsMaximum() throws IOException {
        start("{\"pageItemsMax\": 2}");
        for (String id : List.of("a", "b", "c")) {
            backend.put("/enrollmentGroups/" + id, GROUP.replace("fleet", id));
        }
        var page = backend.post("/enrollmentGroups/query", "{\"query\":\"*\"}", "x-ms-max-item-count", "1000");
        assertThat(page.body()).hasSize(2);
        assertThat(page.header("x-ms-max-item-count")).isEqualTo("2");
    }

    @Test
    void aPageHoldsOneHundredItemsUnlessAskedOtherwise() {
        for (int i = 0; i <= 100; i++) {
            backend.put("/enrollments/device-" + i, own("device-" + i));
        }
        assertThat(backend.post("/enrollments/query", "{\"query\":\"*\"}").body())
                .hasSize(100);
    }

    @Test
    void aBulkOperationTellsWhatItCouldNotDo() {
        backend.put("/enrollments/b", own("b"));
        var created = backend.post("/enrollments/", bulk("create", own("a"), own("b"), own("c d")));
        assertThat(created.status()).isEqualTo(200);
        assertThat(created.body().path("isSuccessful").asBoolean()).isFalse();
        assertThat(created.body().path("errors")).hasSize(2);
        assertThat(created.text("/errors/0/registrationId")).isEqualTo("b");
        assertThat(created.body().at("/errors/0/errorCode").asInt()).isEqualTo(409201);
        assertThat(created.text("/errors/0/errorStatus")).isNotEmpty();
        assertThat(created.text("/errors/1/registrationId")).isEqualTo("c d");
        assertThat(created.body().at("/errors/1/errorCode").asInt()).isEqualTo(400000);
        assertThat(backend.get("/enrollments/a").status()).isEqualTo(200);
    }

    @Test
    void aBulkOperationUpdatesAndDeletes() {
        var first = backend.put("/enrollments/a", own("a")).body();
        assertThat(backend.post("/enrollments", bulk("update", own("a"), own("b")))
                        .body()
                        .path("errors")
                        .findValuesAsText("errorCode"))
                .containsExactly("404201");
        var stale = own("a").replace("{\"reg", "{\"etag\":\"" + etag(first) + "\",\"reg");
        assertThat(backend.post("/enrollments", bulk("updateIfMatchETag", stale))
                        .body()
                        .path("errors")
                        .findValuesAsText("errorCode"))
                .containsExactly("412000");
        var fresh = own("a").replace(
                        "{\"reg",
                        "{\"etag\":\"" + etag(backend.get("/enrollments/a").body()) + "\",\"reg");
        assertThat(backend.post("/enrollments", bulk("updateIfMatchETag", fresh))
                        .body()
                        .path("isSuccessful")
                        .asBoolean())
                .isTrue();
        assertThat(backend.post("/enrollments", bulk("delete", own("a"))).body().toString())
                .isEqualTo("{\"isSuccessful\":true,\"errors\":[]}");
        assertThat(backend.get("/enrollments/a").status()).isEqualTo(404);
    }

    @Test
    void aBulkOperationTakesOneOperationOfTheQuota() throws IOException {
        start("{\"operationsPerMinute\": 2}");
        assertThat(backend.post("/enrollments", bulk("create", own("a"), own("b"), own("c")))
                        .status())
                .isEqualTo(200);
        assertThat(backend.get("/enrollments/c").status()).isEqualTo(200);
        assertThat(backend.get("/enrollments/c").status()).isEqualTo(429);
    }

    @Test
    void groupsComeInBulkAsWell() {
        var body = "{\"mode\":\"create\",\"enrollmentGroups\":[" + GROUP + "," + GROUP + "]}";
        var answer = backend.post("/enrollmentgroups", body).body();
        assertThat(answer.at("/errors/0/enrollmentGroupId").asText()).isEqualTo("fleet");
        assertThat(answer.path("errors")).hasSize(1);
    }

    @Test
    void aBulkOperationOverItsMaximumDoesNothing() throws IOException {
        var eleven = new String[11];
        for (int i = 0; i < eleven.length; i++) {
            eleven[i] = own("d" + i);
        }
        assertThat(backend.post("/enrollments", bulk("create", eleven)).status())
                .isEqualTo(400);
        assertThat(backend.get("/enrollments/d0").status()).isEqualTo(404);
        start("{\"bulkMax\": 11}");
        assertThat(backend.post("/enrollments", bulk("create", eleven)).status())
                .isEqualTo(200);
    }

    @Test
    void aGroupsRegistrationsOutliveItAndKeepCountingUntilTheyAreDeleted() throws IOException {
        start("{\"registrationsMax\": 3}");
        backend.put("/enrollmentGroups/fleet", x509Group("fleet", ROOT));
        backend.put("/enrollmentGroups/others", x509Group("others", OTHER));
        for (String id : List.of("c", "A", "b")) {
            register(ROOT, id, 202);
        }
        backend.delete("/enrollmentGroups/fleet");
        register(OTHER, "z", 403);

        var first = backend.post("/registrations/Fleet/query", "", "x-ms-max-item-count", "2");
        assertThat(first.body().findValuesAsText("registrationId")).containsExactly("A", "b");
        assertThat(first.header("x-ms-item-type")).isEqualTo("deviceRegistration");
        var second = backend.post(
                "/registrations/fleet/query",
                "{\"query\":\"select * from enrollmentGroups\"}",
                "x-ms-continuation",
                first.header("x-ms-continuation"));
        assertThat(second.body().findValuesAsText("registrationId")).containsExactly("c");
        assertThat(backend.post("/registrations/others/query", "").body()).isEmpty();

        assertThat(backend.delete("/registrations/B").status()).isEqualTo(204);
        register(OTHER, "z", 202);
        assertThat(emulator.report("0ne00000001").registered()).isEqualTo(3);
        assertThat(backend.post("/registrations/others/query", "").body()).hasSize(1);
    }

    @Test
    void aRegistrationIsReadAndDeletedByItsEtag() throws IOException {
        backend.put("/enrollmentGroups/fleet", x509Group("fleet", ROOT));
        register(ROOT, "a", 202);
        clock.turn(Duration.ofSeconds(1));
        var state = backend.get("/registrations/A");
        assertThat(state.status()).isEqualTo(200);
        assertThat(state.text("/registrationId")).isEqualTo("a");
        assertThat(state.text("/deviceId")).isEqualTo("a");
        assertThat(state.text("/status")).isEqualTo("assigned");
        assertThat(state.text("/substatus")).isEqualTo("initialAssignment");
        assertThat(state.text("/assignedHub")).endsWith(".azure-devices.net");
        assertThat(state.text("/createdDateTimeUtc")).endsWith("Z");
        assertThat(backend.delete("/registrations/a", "If-Match", "other").status())
                .isEqualTo(412);
        assertThat(backend.delete("/registrations/a", "If-Match", etag(state.body()))
                        .status())
                .isEqualTo(204);
        assertThat(backend.get("/registrations/a").body().path("errorCode").asInt())
                .isEqualTo(404202);
        assertThat(backend.delete("/registrations/a").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2018-04-01",
                "2018-09-01-preview",
                "2019-03-31",
                "2021-10-01",
                "2025-07-01-preview",
                "2026-11-01",
                "2026-11-02-preview"
            })
    void everyApiVersionThatClientsSendIsTaken(String apiVersion) {
        assertThat(backend.withApiVersion(apiVersion)
                        .put("/enrollmentGroups/fleet", GROUP)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2020-01-01"})
    void anotherApiVersionOrNoneIsRefused(String apiVersion) {
        assertThat(backend.withApiVersion(apiVersion)
                        .get("/enrollmentGroups/fleet")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 404",
        "GET, /other, 404",
        "GET, /enrollments//x, 404",
        "GET, /enrollments/a/b, 404",
        "POST, /registrations, 404",
        "GET, /registrations/a/b, 404",
        "PATCH, /enrollments/a, 405",
        "POST, /enrollments/a, 405",
        "GET, /enrollments, 405",
        "GET, /enrollments/a/attestationmechanism, 405",
        "PUT, /registrations/a, 405",
        "GET, /registrations/a/query, 405",
        "GET, /enrollments/a, 404",
        "POST, /enrollments/a/attestationmechanism, 404",
        "PUT, /enrollments/a, 400",
        "POST, /enrollments/query, 400",
        "POST, /enrollments, 400",
    })
    void otherRequestsGetTheirStatus(String method, String path, int status) {
        var answer = backend.send(method, path, "");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().path("errorCode").asInt() / 1_000).isEqualTo(status);
        assertThat(answer.header("x-ms-error-code")).isEqualTo(answer.text("/errorCode"));
        assertThat(answer.text("/trackingId")).isNotEmpty();
        assertThat(answer.text("/message")).isNotEmpty();
        assertThat(answer.text("/timestampUtc")).endsWith("Z");
        assertThat(answer.header("Allow").isEmpty()).isEqualTo(status != 405);
    }

    @Test
    void aBodyThatIsNoJsonObjectIsRefused() {
        assertThat(backend.put("/enrollments/a", "[]").status()).isEqualTo(400);
        assertThat(backend.put("/enrollments/a", "{\"a\": 1, \"a\": 2}").status())
                .isEqualTo(400);
        assertThat(backend.put("/enrollments/a", own("a"), "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
        assertThat(backend.put("/enrollments/b", own("a")).text("/message")).contains("/registrationId");
        assertThat(backend.post("/registrations/a/query", "{").status()).isEqualTo(400);
        assertThat(backend.post("/registrations/a/query", "{\"query\":\"drop table\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aMessageOverItsMaximumIsRefused() throws IOException {
        start("{\"messageBytesMax\": 1000}");
        assertThat(backend.put("/enrollments/a", own("a") + " ".repeat(1_000)).status())
                .isEqualTo(413);
        assertThat(backend.put("/enrollments/a", own("a")).status()).isEqualTo(200);
    }

    @Test
    void overTheOperationsQuotaItIsThrottledAndRegistrationsAreNot() throws IOException {
        start("{\"operationsPerMinute\": 3, \"registrationsPerMinute\": 10}");
        backend.put("/enrollmentGroups/fleet", x509Group("fleet", ROOT));
        backend.get("/enrollmentGroups/fleet");
        backend.get("/enrollmentGroups/none");
        var throttled = backend.get("/enrollmentGroups/fleet");
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.body().path("errorCode").asInt()).isEqualTo(429001);
        assertThat(throttled.header("Retry-After")).isEqualTo("3");
        register(ROOT, "a", 202);
        var report = emulator.report("0ne00000001");
        assertThat(report.operations()).isEqualTo(3);
        assertThat(report.throttledOperations()).isEqualTo(1);
        assertThat(report.throttled()).isZero();
        clock.turn(Duration.ofMinutes(1));
        assertThat(backend.get("/enrollmentGroups/fleet").status()).isEqualTo(200);
    }

    @Test
    void aRequestWithoutRightTakesNoOperation() throws IOException {
        start("{\"operationsPerMinute\": 1}");
        backend.withToken("").get("/enrollments/a");
        assertThat(backend.get("/enrollments/a").status()).isEqualTo(404);
    }

    @Test
    void groupsHaveACapForEachAttestation() throws IOException {
        start("{\"x509GroupsMax\": 1, \"symmetricKeyGroupsMax\": 1}");
        assertThat(backend.put("/enrollmentGroups/a", x509Group("a", ROOT)).status())
                .isEqualTo(200);
        assertThat(backend.put("/enrollmentGroups/b", x509Group("b", OTHER)).status())
                .isEqualTo(403);
        assertThat(backend.put("/enrollmentGroups/c", GROUP.replace("fleet", "c"))
                        .status())
                .isEqualTo(200);
        var full = backend.put("/enrollmentGroups/d", GROUP.replace("fleet", "d"));
        assertThat(full.status()).isEqualTo(403);
        assertThat(full.text("/message")).contains("1 symmetric key enrollment groups");
        assertThat(backend.put("/enrollmentGroups/a", x509Group("a", OTHER), "If-Match", "*")
                        .status())
                .isEqualTo(200);
        backend.delete("/enrollmentGroups/c");
        assertThat(backend.put("/enrollmentGroups/d", GROUP.replace("fleet", "d"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void oneHundredGroupsOfAKindAreThePublishedCap() {
        for (int i = 0; i < 100; i++) {
            assertThat(backend.put("/enrollmentGroups/g" + i, GROUP.replace("fleet", "g" + i))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(backend.put("/enrollmentGroups/g", GROUP.replace("fleet", "g"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void individualEnrollmentsHaveACap() throws IOException {
        start("{\"enrollmentsMax\": 1}");
        backend.put("/enrollments/a", own("a"));
        assertThat(backend.put("/enrollments/b", own("b")).status()).isEqualTo(403);
        assertThat(backend.put("/enrollments/a", own("a"), "If-Match", "*").status())
                .isEqualTo(200);
    }

    @Test
    void theDeviceApiAnswersAtAnInstancesListenerForItsOwnDevices() throws IOException {
        backend.put("/enrollmentGroups/fleet", x509Group("fleet", ROOT));
        var path = "/registrations/a/register";
        assertThat(backend.withToken("")
                        .put("/0NE00000001" + path, "{\"registrationId\":\"a\"}")
                        .status())
                .isEqualTo(401);
        assertThat(backend.withToken("")
                        .put("/0ne00000002" + path, "{\"registrationId\":\"a\"}")
                        .status())
                .isEqualTo(404);
    }

    private void register(TestPki.Entity authority, String id, int status) {
        assertThat(new TestDevice(emulator.description(), "0ne00000001", authority.device(id))
                        .register(id)
                        .status())
                .isEqualTo(status);
    }

    private static String etag(JsonNode body) {
        return body.path("etag").asText();
    }

    private static String own(String id) {
        return "{\"registrationId\":\"" + id + "\",\"attestation\":{\"type\":\"symmetricKey\"}}";
    }

    private static String bulk(String mode, String... enrollments) {
        return "{\"mode\":\"" + mode + "\",\"enrollments\":[" + String.join(",", enrollments) + "]}";
    }

    private static String x509Group(String id, TestPki.Entity authority) throws IOException {
        return "{\"enrollmentGroupId\":\"%s\",\"attestation\":{\"type\":\"x509\",\"x509\":{\"signingCertificates\":{\"primary\":{\"certificate\":%s}}}}}"
                .formatted(id, text(authority.pem()));
    }

    private static String individual(String id, TestPki.Entity device) throws IOException {
        return "{\"registrationId\":\"%s\",\"attestation\":{\"type\":\"x509\",\"x509\":{\"clientCertificates\":{\"primary\":{\"certificate\":%s}}}}}"
                .formatted(id, text(device.pem()));
    }

    private static String text(String value) throws IOException {
        return JSON.writeValueAsString(value);
    }
}
