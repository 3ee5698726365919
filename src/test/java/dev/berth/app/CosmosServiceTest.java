package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.ServiceClient.Answer;
import dev.berth.pki.CertifiedKey;
import dev.berth.store.cosmos.FaultProxy;
import dev.berth.store.cosmos.FaultProxy.Trouble;
import dev.berth.store.cosmos.LocalAccount;
import dev.berth.store.cosmos.NeedsLocalCosmos;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What devices are told, and readiness, when the account that they are kept in is busy or away. */
@NeedsLocalCosmos
class CosmosServiceTest {
    private final FaultProxy proxy = FaultProxy.before(LocalAccount.server().endpoint());
    private final CertifiedKey authority = TestKeys.authority("Devices");
    private final String database = "service-" + UUID.randomUUID();

    @TempDir
    private Path directory;

    private TestKeys keys;
    private WiredService service;

    @BeforeEach
    void start() throws Exception {
        keys = new TestKeys(directory).write();
        service = service();
        service.setUp(authority.certificate());
        service.start();
        service.await(Status.UP);
    }

    private WiredService service() throws Exception {
        return new WiredService(keys, InstantSource.system(), settings());
    }

    private Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("berth.store", "cosmos"),
                Map.entry("berth.store.cosmos.endpoint", proxy.endpoint().toString()),
                Map.entry("berth.store.cosmos.key", LocalAccount.server().key()),
                Map.entry("berth.store.cosmos.database", database),
                Map.entry("berth.store.cosmos.mode", "gateway"),
                Map.entry("berth.store.cosmos.retry-delay", "PT0.01S"),
                Map.entry("berth.store.cosmos.break-after", "4"),
                Map.entry("berth.store.cosmos.break-for", "PT2S"),
                Map.entry("berth.known-devices.count-max", "100"));
    }

    @AfterEach
    void stop() {
        proxy.trouble(_ -> new Trouble.None());
        service.close();
        proxy.close();
    }

    @Test
    void anotherReplicaSendsADeviceToTheSamePlace() throws Exception {
        var device = TestKeys.device(authority, "sensor-1");
        var first = ask(service, device);
        assertThat(first.status()).isEqualTo(200);
        try (var other = service()) {
            other.start();
            other.await(Status.UP);
            var again = ask(other, device);
            assertThat(again.text("idScope")).isEqualTo(first.text("idScope"));
            assertThat(again.json().path("generation").asInt()).isEqualTo(1);
        }
    }

    @Test
    void aDeviceIsToldToComeBackWhenTheThroughputIsSpent() throws IOException {
        proxy.trouble(request -> request.path().contains("/colls/devices/")
                ? Trouble.Answer.throttled(Duration.ofSeconds(7))
                : new Trouble.None());
        var answer = ask(service, TestKeys.device(authority, "sensor-1"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("store-unavailable");
        assertThat(answer.header("retry-after")).isEqualTo("7");
        assertThat(service.readiness().call().getStatus())
                .as("busy is not away")
                .isEqualTo(Status.UP);
    }

    @Test
    void aDeviceIsToldToComeBackWhileTheStoreIsAwayAndTheReplicaIsNotReady() throws IOException {
        proxy.trouble(_ -> new Trouble.ResetBefore());
        service.await(Status.DOWN);
        var answer = ask(service, TestKeys.device(authority, "sensor-1"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(Integer.parseInt(answer.header("retry-after"))).isPositive();
        assertThat(String.valueOf(
                        service.readiness().call().getData().orElseThrow().get("store")))
                .contains("cannot be reached");

        proxy.trouble(_ -> new Trouble.None());
        service.await(Status.UP);
        assertThat(ask(service, TestKeys.device(authority, "sensor-1")).status())
                .isEqualTo(200);
    }

    @Test
    void whileTheStoreIsAwayADeviceThatIsRegisteredIsToldItsHubAndANewOneToComeBack() throws IOException {
        var device = TestKeys.device(authority, "sensor-1");
        assertThat(ask(service, device).status()).isEqualTo(200);
        reportAssigned(service, device);
        proxy.trouble(_ -> new Trouble.ResetBefore());
        service.await(Status.DOWN);

        var known = ask(service, device);
        assertThat(known.status()).isEqualTo(200);
        assertThat(known.text("action")).isEqualTo("connect");
        assertThat(known.text("assignedHub")).isEqualTo("hub-1.azure-devices.net");

        var unknown = ask(service, TestKeys.device(authority, "sensor-2"));
        assertThat(unknown.status()).isEqualTo(503);
        assertThat(unknown.problem()).isEqualTo("store-unavailable");
        assertThat(Integer.parseInt(unknown.header("retry-after"))).isPositive();
        assertThat(service.counted("berth.known.devices.recalls", "answered")).isEqualTo(1);
        assertThat(service.counted("berth.known.devices.recalls", "refused")).isEqualTo(1);
        assertThat(service.readiness().call().getStatus()).isEqualTo(Status.DOWN);
    }

    private static void reportAssigned(WiredService service, CertifiedKey device) throws IOException {
        var report = """
                {"status": "assigned", "assignedHub": "hub-1.azure-devices.net", "deviceId": "sensor-1"}""";
        try (var client = service.client(device)) {
            assertThat(client.call("reportRegistration", "/v1/registrations/me/result", report)
                            .status())
                    .isEqualTo(204);
        }
    }

    private static Answer ask(WiredService service, CertifiedKey device) throws IOException {
        try (var client = service.client(device)) {
            return client.call("getIdScope", "/v1/id-scope");
        }
    }
}
