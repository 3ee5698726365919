package dev.berth.emulator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.TestBackend;
import dev.berth.emulator.TestDevice;
import dev.berth.emulator.TestPki;
import dev.berth.emulator.TurnedClock;
import dev.berth.emulator.https.BodyReader;
import dev.berth.emulator.instance.CustomAllocation;
import dev.berth.emulator.instance.InstanceConfig;
import dev.berth.emulator.instance.Instances;
import dev.berth.emulator.json.InvalidConfigException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An emulator's state as a document: out, in, and into another emulator. */
class StateTest {
    private static final TestPki.Entity ROOT = TestPki.root("Fleet Root");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SYMMETRIC = """
            {"enrollmentGroupId": "keys", "attestation": {"type": "symmetricKey",
             "symmetricKey": {"primaryKey": "cHJpbWFyeSBrZXkgb2YgdGhlIGdyb3Vw", "secondaryKey": "c2Vjb25kYXJ5IGtleSBvZiBncm91cA=="}},
             "initialTwin": {"tags": {"line": 7}}}
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final TurnedClock clock = new TurnedClock();

    @TempDir
    Path directory;

    private Emulator emulator;
    private String idScope;
    private String instance;

    private record Answer(int status, String text) {
        JsonNode body() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new AssertionError(text, e);
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        emulator = Emulator.start(EmulatorConfig.of(2, 100), directory, clock, BodyReader.Limits.DPS);
        idScope = emulator.description().instances().getFirst().idScope();
        instance = "/instances/" + idScope;
        emulator.addEnrollmentGroup(idScope, "fleet", ROOT.pem());
        assertThat(backend().put("/enrollmentGroups/keys", SYMMETRIC).status()).isEqualTo(200);
    }

    @AfterEach
    void stop() throws IOException {
        emulator.close();
    }

    private TestBackend backend() {
        return new TestBackend(
                emulator.description(), emulator.description().instances().getFirst(), clock.now());
    }

    private TestDevice device(String id) {
        return new TestDevice(emulator.description(), idScope, ROOT.device(id));
    }

    private void registered(String id) {
        var operation = device(id).register(id).text("/operationId");
        clock.turn(InstanceConfig.ASSIGN_DELAY);
        assertThat(device(id).poll(id, operation).text("/status")).isEqualTo("assigned");
        clock.turn(Duration.ofMinutes(1));
    }

    private Answer send(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(emulator.description().adminUrl() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    private ObjectNode exported() throws Exception {
        return (ObjectNode) send("GET", instance + "/state", "").body();
    }

    @Test
    void whatGoesOutComesInAgainAsItWas() throws Exception {
        registered("device-1");
        registered("device-2");
        var before = send("GET", "/state", "").text();
        var etag = backend().get("/enrollmentGroups/keys").text("/etag");
        send("DELETE", instance + "/state", "");
        emulator.instance(idScope)
                .register()
                .all()
                .forEach(entry -> backend()
                        .delete("/enrollmentGroups/" + entry.enrollment().id()));
        assertThat(send("GET", "/state", "").text()).isNotEqualTo(before);

        assertThat(send("PUT", "/state", before).status()).isEqualTo(200);
        assertThat(send("GET", "/state", "").text()).isEqualTo(before);
        assertThat(emulator.report(idScope).registrations()).isEqualTo(2);
        assertThat(emulator.report(idScope).worstSlidingMinute()).isEqualTo(1);
        assertThat(backend().get("/enrollmentGroups/keys").text("/etag")).isEqualTo(etag);
        assertThat(device("device-1").lookUp("device-1").text("/status")).isEqualTo("assigned");
        assertThat(device("device-3").register("device-3").status()).isEqualTo(202);
    }

    @Test
    void theDocumentHoldsEveryKeyAndTheRecords() throws Exception {
        registered("device-1");
        var state = exported();
        assertThat(state.path("format").asText()).isEqualTo("dps-emulator-state");
        assertThat(state.path("version").asInt()).isEqualTo(1);
        var one = state.at("/instances/0");
        assertThat(one.path("serviceKey").asText())
                .isEqualTo(emulator.description()
                        .instances()
                        .getFirst()
                        .serviceKey()
                        .base64());
        assertThat(one.at("/enrollmentGroups/1/attestation/symmetricKey/primaryKey")
                        .asText())
                .isEqualTo("cHJpbWFyeSBrZXkgb2YgdGhlIGdyb3Vw");
        assertThat(one.at("/registrations/0/registrationId").asText()).isEqualTo("device-1");
        assertThat(one.path("hubs")).hasSize(2);
    }

    @Test
    void anAssignmentUnderWayGoesOnWhereItWas() throws Exception {
        var operation = device("device-1").register("device-1").text("/operationId");
        var state = exported().toString();
        send("PUT", instance + "/state", state);
        assertThat(device("device-1").poll("device-1", operation).text("/status"))
                .isEqualTo("assigning");
        clock.turn(InstanceConfig.ASSIGN_DELAY);
        assertThat(device("device-1").poll("device-1", operation).text("/status"))
                .isEqualTo("assigned");
    }

    @Test
    void oneInstanceTakesTheStateOfAnotherAndKeepsItsName() throws Exception {
        registered("device-1");
        var other = emulator.description().instances().getLast().idScope();
        assertThat(send("PUT", "/instances/" + other + "/state", exported().toString())
                        .status())
                .isEqualTo(200);
        assertThat(emulator.report(other).registered()).isEqualTo(1);
        assertThat(emulator.report(other).name()).isEqualTo("dps-2");
    }

    @Test
    void faultsGoOnWhileContentsAreReplaced() throws Exception {
        send("PUT", instance + "/faults", "{\"kind\": \"error\"}");
        send("PUT", instance + "/state", exported().toString());
        assertThat(device("device-1").register("device-1").status()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/version | 2 | /version",
                "/format | \"other\" | /format",
                "/more | 1 | /more",
                "/instances/0/more | 1 | /instances/0/more",
                "/instances/0/hubs | [] | /instances/0",
                "/instances/0/hubs/0/weight | 1 | /instances/0/hubs/0/weight",
                "/instances/0/counters/polls | -1 | /instances/0/counters/polls",
                "/instances/0/counters/more | 1 | /instances/0/counters/more",
                "/instances/0/enrollmentGroups/0/attestation/type | \"dna\" | /instances/0/enrollmentGroups/0/attestation/type",
                "/instances/0/enrollmentGroups/0/etag | 1 | /instances/0/enrollmentGroups/0/etag",
                "/instances/0/enrollmentGroups/0/createdDateTimeUtc | \"now\" | /instances/0/enrollmentGroups/0/createdDateTimeUtc",
                "/instances/0/certificateAuthorities | [{\"name\": \"a\"}] | /instances/0/certificateAuthorities/0/certificate",
                "/instances/0/registrations | {} | /instances/0/registrations",
                "/instances/0/registrations/1/registrationId | \"device-1\" | /instances/0/registrations/1/registrationId",
                "/instances/0/registrations/1/registrationId | \"a b\" | /instances/0/registrations/1/registrationId",
                "/instances/0/registrations/1/more | 1 | /instances/0/registrations/1/more",
                "/instances/0/registrations/1/substatus | \"none\" | /instances/0/registrations/1/substatus",
                "/instances/0/registrations/1/createdAt | \"now\" | /instances/0/registrations/1/createdAt",
                "/instances/0/registrations/1/credential/type | \"dna\" | /instances/0/registrations/1/credential/type",
                "/instances/0/registrations/1/credential/thumbprint | \"00\" | /instances/0/registrations/1/credential/thumbprint",
                "/instances/0/registrations/1/operation/id | \"1\" | /instances/0/registrations/1/operation/id",
                "/instances/0/registrations/1/operation/issued | [\"?\"] | /instances/0/registrations/1/operation/issued/0",
                "/instances/0/registrations/1/operation/more | 1 | /instances/0/registrations/1/operation/more",
            })
    void whatIsWrongIsNamedAndNothingChanges(String place, String value, String pointer) throws Exception {
        registered("device-1");
        registered("device-2");
        var before = send("GET", "/state", "").text();
        var state = exported();
        set(state, place, JSON.readTree(value));
        var answer = send("PUT", instance + "/state", state.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.body().path("pointer").asText()).as(answer.text()).isEqualTo(pointer);
        assertThat(send("GET", "/state", "").text()).isEqualTo(before);
    }

    private static void set(ObjectNode state, String place, JsonNode value) {
        int last = place.lastIndexOf('/');
        var parent = state.at(place.substring(0, last));
        ((ObjectNode) parent).set(place.substring(last + 1), value);
    }

    @Test
    void oneWrongInstanceKeepsAllAsTheyAre() throws Exception {
        var state = (ObjectNode) send("GET", "/state", "").body();
        ((ObjectNode) state.at("/instances/0")).set("enrollmentGroups", JSON.createArrayNode());
        ((ObjectNode) state.at("/instances/1")).put("name", "unknown").put("idScope", "unknown");
        assertThat(send("PUT", "/state", state.toString())
                        .body()
                        .path("pointer")
                        .asText())
                .isEqualTo("/instances/1/name");
        assertThat(emulator.instance(idScope).register().all()).hasSize(2);
    }

    @Test
    void anInstanceIsNotFilledTwice() throws Exception {
        var state = exported();
        ((ArrayNode) state.path("instances")).add(state.at("/instances/0").deepCopy());
        assertThat(send("PUT", "/state", state.toString())
                        .body()
                        .path("pointer")
                        .asText())
                .isEqualTo("/instances/1/idScope");
    }

    @Test
    void twoEnrollmentsOfOneCertificateAreRefused() throws Exception {
        var state = exported();
        var groups = (ArrayNode) state.at("/instances/0/enrollmentGroups");
        groups.add(((ObjectNode) groups.get(0).deepCopy()).put("enrollmentGroupId", "twin"));
        var answer = send("PUT", instance + "/state", state.toString());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("message").asText()).contains("twin", "already used");
    }

    @ParameterizedTest
    @CsvSource({"[]", "''", "{", "{}", "7"})
    void whatIsNoStateIsRefused(String body) throws Exception {
        assertThat(send("PUT", "/state", body).status()).isEqualTo(400);
    }

    @Test
    void aFileIsReadUpToItsLimit() throws Exception {
        var file = directory.resolve("state.json");
        emulator.save(file);
        var instances = new Instances(EmulatorConfig.of(2, 100).instances(), clock, CustomAllocation.NONE);
        var size = Files.size(file);
        var target = StateFile.byIdScopeOrName(instances);
        assertThat(StateFile.read(file, size, instances, target)).hasSize(2);
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> StateFile.read(file, size - 1, instances, target))
                .withMessageContaining("is larger than");
    }

    @Test
    void aRestartedEmulatorGoesOnWithItsState() throws Exception {
        registered("device-1");
        var file = directory.resolve("state.json");
        emulator.close();
        emulator.save(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        var key = emulator.description().instances().getFirst().serviceKey();
        emulator = Emulator.resume(EmulatorConfig.of(3, 100), directory, file);
        var first = emulator.description().instances().getFirst();
        assertThat(first.idScope()).isEqualTo(idScope);
        assertThat(first.serviceKey()).isEqualTo(key);
        assertThat(emulator.report(idScope).registered()).isEqualTo(1);
        assertThat(emulator.reports()).hasSize(3);
        assertThat(device("device-1").lookUp("device-1").status()).isEqualTo(200);
        assertThat(backend().get("/enrollmentGroups/keys").status()).isEqualTo(200);
    }

    @Test
    void aBrokenFileStopsTheStart() throws Exception {
        var file = directory.resolve("state.json");
        Consumer<String> refused = text -> assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> Emulator.resume(EmulatorConfig.of(1, 100), directory, Files.writeString(file, text)));
        refused.accept("{\"format\": ");
        refused.accept("{\"format\": \"dps-emulator-state\", \"version\": 9, \"instances\": []}");
        emulator.save(file);
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> Emulator.resume(EmulatorConfig.of(1, 100), directory, file))
                .withMessageStartingWith("/instances/1/name");
    }
}
