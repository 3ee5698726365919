package dev.berth.emulator.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.TestDevice;
import dev.berth.emulator.TestPki;
import dev.berth.emulator.TurnedClock;
import dev.berth.emulator.https.BodyReader;
import dev.berth.emulator.instance.HubJson;
import dev.berth.emulator.protocol.Thumbprint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the emulator tells and takes beside the device API. */
class AdminApiTest {
    private static final TestPki.Entity ROOT = TestPki.root("Root");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final TurnedClock clock = new TurnedClock();

    @TempDir
    Path directory;

    private Emulator emulator;
    private String instance;

    private record Answer(int status, JsonNode body) {}

    @BeforeEach
    void start() throws IOException {
        emulator = Emulator.start(EmulatorConfig.of(1, 100), directory, clock, BodyReader.Limits.DPS);
        instance = "/instances/" + idScope();
    }

    @AfterEach
    void stop() throws IOException {
        emulator.close();
    }

    @Test
    void theFileTellsWhereEverythingIs() throws IOException {
        var file = JSON.readTree(Files.readAllBytes(directory.resolve("emulator.json")));
        assertThat(file.at("/deviceEndpoint").asText()).matches("localhost:\\d+");
        assertThat(file.at("/adminUrl").asText())
                .matches("http://127\\.0\\.0\\.1:\\d+")
                .doesNotEndWith(file.at("/deviceEndpoint").asText().substring("localhost".length()));
        assertThat(Path.of(file.at("/caFile").asText())).isAbsolute().content().startsWith("-----BEGIN CERTIFICATE");
        assertThat(file.at("/instances/0/name").asText()).isEqualTo("dps-1");
        assertThat(file.at("/instances/0/idScope").asText()).matches("0ne[0-9A-F]{8}");
        var endpoint = file.at("/instances/0/serviceEndpoint").asText();
        assertThat(file.at("/instances/0/serviceConnectionString").asText())
                .startsWith("HostName=" + endpoint + ";SharedAccessKeyName=provisioningserviceowner;SharedAccessKey=");
        assertThat(emulator.description().toString()).doesNotContain("SharedAccessKeyName");
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void anInstanceTellsItsCounts() throws Exception {
        send("PUT", instance + "/enrollmentGroups/fleet", group(ROOT.pem()));
        register("a");
        register("a");
        var counts = send("GET", instance, "").body();
        assertThat(counts.path("name").asText()).isEqualTo("dps-1");
        assertThat(counts.path("limitPerMinute").asInt()).isEqualTo(100);
        assertThat(counts.path("registrations").asInt()).isEqualTo(2);
        assertThat(counts.path("registered").asInt()).isEqualTo(1);
        assertThat(counts.path("worstSlidingMinute").asInt()).isEqualTo(2);
        assertThat(counts.path("throttled").asInt()).isZero();
        assertThat(counts.path("operations").asInt(-1)).isZero();
        assertThat(counts.path("throttledOperations").asInt(-1)).isZero();
        assertThat(counts.path("lastAcceptedAt").asText()).isEqualTo(clock.now().toString());
        assertThat(send("GET", "/instances", "").body().at("/value/0")).isEqualTo(counts);

        var arrivals = send("GET", instance + "/arrivals", "").body().path("value");
        assertThat(arrivals).hasSize(2);
        assertThat(arrivals.path(0).path("registrationId").asText()).isEqualTo("a");
        assertThat(arrivals.path(0).path("status").asInt()).isEqualTo(202);
    }

    @Test
    void devicesShowTheCredentialThatTheirHubWouldHold() throws Exception {
        send("PUT", instance + "/enrollmentGroups/fleet", group(ROOT.pem()));
        var device = register("b");
        register("a");
        register("c");
        var first = send("GET", instance + "/devices?limit=2", "").body();
        assertThat(first.at("/value/0/deviceId").asText()).isEqualTo("a");
        assertThat(first.at("/value/1/registrationId").asText()).isEqualTo("b");
        assertThat(first.at("/value/1/hub").asText()).endsWith(".azure-devices.net");
        assertThat(first.at("/value/1/enrollmentGroupId").asText()).isEqualTo("fleet");
        assertThat(first.at("/value/1/authentication/type").asText()).isEqualTo("selfSigned");
        assertThat(first.at("/value/1/authentication/x509Thumbprint/primaryThumbprint")
                        .asText())
                .isEqualTo(Thumbprint.sha256(device.certificate()));
        var second = send("GET", first.path("nextLink").asText(), "").body();
        assertThat(second.path("value")).hasSize(1);
        assertThat(second.has("nextLink")).isFalse();
    }

    @Test
    void devicesShowTheTwinThatTheyStartedWith() throws Exception {
        var group = (ObjectNode) JSON.readTree(group(ROOT.pem()));
        group.set(
                "initialTwin",
                JSON.readTree("{\"tags\": {\"line\": 4}, \"properties\": {\"desired\": {\"interval\": 60}}}"));
        send("PUT", instance + "/enrollmentGroups/fleet", group.toString());
        register("a");
        var device = send("GET", instance + "/devices", "").body().at("/value/0");
        assertThat(device.at("/twin/tags/line").asInt()).isEqualTo(4);
        assertThat(device.at("/twin/properties/desired/interval").asInt()).isEqualTo(60);
    }

    @Test
    void placesComeAtRunTimeAndABadOneIsNamed() throws Exception {
        assertThat(send("PUT", instance + "/places", "[{\"registrationIds\": \"eu-*\", \"place\": \"europe\"}]")
                        .status())
                .isEqualTo(200);
        var bad = send("PUT", instance + "/places", "[{\"registrationIds\": \"eu-*\"}]");
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.body().path("pointer").asText()).isEqualTo("/0/place");
    }

    @Test
    void deletingTheStateKeepsEnrollments() throws Exception {
        send("PUT", instance + "/enrollmentGroups/fleet", group(ROOT.pem()));
        register("a");
        assertThat(send("DELETE", instance + "/state", "")
                        .body()
                        .path("registrations")
                        .asInt())
                .isZero();
        register("a");
        assertThat(emulator.report(idScope()).registrations()).isEqualTo(1);
    }

    @Test
    void enrollmentsComeAndGoAtRunTime() throws Exception {
        var device = ROOT.device("a");
        var own =
                "{\"attestation\":{\"type\":\"x509\",\"x509\":{\"clientCertificates\":{\"primary\":{\"certificate\":%s}}}}}"
                        .formatted(JSON.writeValueAsString(device.pem()));
        assertThat(send("PUT", instance + "/enrollments/a", own).status()).isEqualTo(200);
        assertThat(new TestDevice(emulator.description(), idScope(), device)
                        .register("a")
                        .status())
                .isEqualTo(202);
        assertThat(send("DELETE", instance + "/enrollments/a", "").status()).isEqualTo(200);
        assertThat(new TestDevice(emulator.description(), idScope(), device)
                        .register("a")
                        .status())
                .isEqualTo(401);
        assertThat(send("DELETE", instance + "/enrollments/a", "").status()).isEqualTo(404);
    }

    @Test
    void aBadEnrollmentIsNamedByItsPointerAndAUsedCertificateIsAConflict() throws Exception {
        var bad = send("PUT", instance + "/enrollmentGroups/fleet", "{\"attestation\": {\"type\": \"dna\"}}");
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.body().path("pointer").asText()).isEqualTo("/attestation/type");
        send("PUT", instance + "/enrollmentGroups/one", group(ROOT.pem()));
        assertThat(send("PUT", instance + "/enrollmentGroups/one", group(ROOT.pem()))
                        .status())
                .isEqualTo(200);
        assertThat(send("PUT", instance + "/enrollmentGroups/two", group(ROOT.pem()))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void hubsAreLinkedChangedAndTakenAway() throws Exception {
        assertThat(send("GET", instance + "/hubs", "").body().path("value")).hasSize(2);
        var linked =
                send("PUT", instance + "/hubs/third", "{\"allocationWeight\": 7, \"applyAllocationPolicy\": false}");
        assertThat(linked.status()).isEqualTo(200);
        assertThat(linked.body().toString())
                .isEqualTo(
                        "{\"hostName\":\"third.azure-devices.net\",\"allocationWeight\":7,\"applyAllocationPolicy\":false}");
        assertThat(send("PUT", instance + "/hubs/third.azure-devices.net", "{\"allocationWeight\": 8}")
                        .body()
                        .path("applyAllocationPolicy")
                        .asBoolean(true))
                .isFalse();
        assertThat(send("GET", instance + "/hubs/THIRD", "")
                        .body()
                        .path("allocationWeight")
                        .asInt())
                .isEqualTo(8);
        for (String hub : new String[] {"third", "dps-1-hub-1"}) {
            assertThat(send("DELETE", instance + "/hubs/" + hub, "").status()).isEqualTo(200);
        }
        assertThat(send("DELETE", instance + "/hubs/third", "").status()).isEqualTo(404);
        assertThat(send("DELETE", instance + "/hubs/dps-1-hub-2", "").status()).isEqualTo(409);
        send("PUT", instance + "/enrollmentGroups/fleet", group(ROOT.pem()));
        register("a");
        assertThat(send("GET", instance + "/devices", "")
                        .body()
                        .at("/value/0/hub")
                        .asText())
                .isEqualTo("dps-1-hub-2.azure-devices.net");
    }

    @Test
    void aHubHasNoMoreLatenciesThanAStateCouldHold() throws Exception {
        for (int places : new int[] {HubJson.PLACES_MAX, HubJson.PLACES_MAX + 1}) {
            var latencies = IntStream.range(0, places)
                    .mapToObj(place -> "\"place-%d\": 1".formatted(place))
                    .collect(Collectors.joining(","));
            var answer = send("PUT", instance + "/hubs/third", "{\"latencyMillis\": {%s}}".formatted(latencies));
            assertThat(answer.status()).isEqualTo(places > HubJson.PLACES_MAX ? 400 : 200);
        }
    }

    @Test
    void fiftyLinkedHubsAreThePublishedCap() throws Exception {
        for (int i = 3; i <= 50; i++) {
            assertThat(send("PUT", instance + "/hubs/hub-" + i, "").status()).isEqualTo(200);
        }
        assertThat(send("PUT", instance + "/hubs/hub-51", "").status()).isEqualTo(403);
        assertThat(send("PUT", instance + "/hubs/hub-50", "{}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /none, 404",
        "POST, /, 404",
        "GET, /arrivals?limit=4001, 400",
        "GET, /instances/S/arrivals?limit=x, 400",
        "GET, /instances/S/faults/hang, 405",
        "POST, /instances/S/faults, 405",
        "GET, /instances/S/hubs/none, 404",
        "PUT, /instances/S/hubs/-, 400",
        "POST, /instances/S/hubs, 405",
        "POST, /instances/S/hubs/a, 405",
        "GET, /instances/none, 404",
        "GET, /instances/S/none, 404",
        "PATCH, /instances/S/state, 405",
        "GET, /instances/S/places, 405",
        "PUT, /instances/S/places, 400",
        "POST, /instances, 405",
        "GET, /instances/S/enrollmentGroups/g, 405",
        "PUT, /instances/S/enrollmentGroups/g, 400",
        "GET, /instances/S/devices?limit=0, 400",
        "GET, /instances/S/devices?limit=1001, 400",
    })
    void otherRequestsGetTheirStatus(String method, String path, int status) throws Exception {
        assertThat(send(method, path.replace("S", idScope()), "").status()).isEqualTo(status);
    }

    private TestPki.Entity register(String id) {
        var device = ROOT.device(id);
        assertThat(new TestDevice(emulator.description(), idScope(), device)
                        .register(id)
                        .status())
                .isEqualTo(202);
        return device;
    }

    private String idScope() {
        return emulator.description().instances().getFirst().idScope();
    }

    private static String group(String pem) throws IOException {
        return "{\"attestation\":{\"type\":\"x509\",\"x509\":{\"signingCertificates\":{\"primary\":{\"certificate\":%s}}}}}"
                .formatted(JSON.writeValueAsString(pem));
    }

    private Answer send(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(emulator.description().adminUrl() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }
}
