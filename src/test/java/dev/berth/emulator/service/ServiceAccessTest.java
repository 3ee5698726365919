package dev.berth.emulator.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.EmulatorDescription;
import dev.berth.emulator.TestBackend;
import dev.berth.emulator.TestDevice;
import dev.berth.emulator.TurnedClock;
import dev.berth.emulator.https.BodyReader;
import dev.berth.emulator.protocol.SasToken;
import dev.berth.emulator.protocol.SharedAccessKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may call the service API, under which name, and for what. */
class ServiceAccessTest {
    private static final String OWNER = "provisioningserviceowner";
    private static final SharedAccessKey PRIMARY = new SharedAccessKey("cHJpbWFyeWtleXByaW1hcnlrZXk=");
    private static final SharedAccessKey SECONDARY = new SharedAccessKey("c2Vjb25kYXJ5a2V5c2Vjb25kYXJ5");
    private static final String GROUP = "{\"enrollmentGroupId\":\"fleet\",\"attestation\":{\"type\":\"symmetricKey\"}}";

    private final TurnedClock clock = new TurnedClock();

    @TempDir
    Path directory;

    private Emulator emulator;
    private EmulatorDescription.Instance instance;
    private TestBackend backend;

    @BeforeEach
    void start() throws IOException {
        var config = Files.writeString(directory.resolve("config.json"), """
                {"instances": [{"name": "My-Dps", "sharedAccessPolicies": [
                  {"name": "reader", "key": "KEY1", "secondaryKey": "KEY2", "permissions": ["EnrollmentRead"]},
                  {"name": "writer", "key": "KEY1", "permissions": ["EnrollmentWrite"]},
                  {"name": "statusreader", "key": "KEY1", "permissions": ["RegistrationStatusRead"]},
                  {"name": "statuswriter", "key": "KEY1", "permissions": ["RegistrationStatusWrite"]},
                  {"name": "configurator", "key": "KEY1", "permissions": ["ServiceConfig"]}]}]}""".replace("KEY1", PRIMARY.base64())
                .replace("KEY2", SECONDARY.base64()));
        emulator = Emulator.start(EmulatorConfig.read(config), directory, clock, BodyReader.Limits.DPS);
        instance = emulator.description().instances().getFirst();
        backend = new TestBackend(emulator.description(), instance, clock.now());
        assertThat(backend.put("/enrollmentGroups/fleet", GROUP).status()).isEqualTo(200);
    }

    @AfterEach
    void stop() throws IOException {
        emulator.close();
    }

    @ParameterizedTest
    @CsvSource({
        "reader,       GET,    /enrollmentGroups/fleet,                      200",
        "reader,       POST,   /enrollmentGroups/fleet/attestationmechanism, 200",
        "reader,       DELETE, /enrollmentGroups/fleet,                      401",
        "reader,       GET,    /registrations/a,                             401",
        "writer,       GET,    /enrollmentGroups/fleet,                      200",
        "writer,       DELETE, /enrollmentGroups/fleet,                      204",
        "writer,       POST,   /registrations/fleet/query,                   401",
        "statusreader, GET,    /registrations/a,                             404",
        "statusreader, POST,   /registrations/fleet/query,                   200",
        "statusreader, DELETE, /registrations/a,                             401",
        "statusreader, GET,    /enrollmentGroups/fleet,                      401",
        "statuswriter, DELETE, /registrations/a,                             404",
        "statuswriter, GET,    /registrations/a,                             404",
        "configurator, GET,    /enrollmentGroups/fleet,                      401",
    })
    void aPolicyPermitsWhatItsPermissionsSay(String policy, String method, String path, int status) {
        assertThat(backend.withToken(token(instance.serviceEndpoint(), PRIMARY, policy))
                        .send(method, path, "")
                        .status())
                .isEqualTo(status);
    }

    @Test
    void theSecondaryKeyServesAsWell() {
        assertThat(statusWith(token(instance.serviceEndpoint(), SECONDARY, "reader")))
                .isEqualTo(200);
        assertThat(statusWith(token(instance.serviceEndpoint(), SECONDARY, "writer")))
                .isEqualTo(401);
    }

    @Test
    void theConnectionStringHoldsWhatTheOwnerNeeds() {
        var parts = instance.serviceConnectionString().split("[;=]", 6);
        assertThat(statusWith(token(parts[1], new SharedAccessKey(parts[5]), parts[3])))
                .isEqualTo(200);
    }

    @Test
    void theHostOfATokenMayBeInAnyLetterCaseAndEncodedOrNot() {
        var key = instance.serviceKey();
        var expiry = clock.now().plusSeconds(60);
        var host = instance.serviceEndpoint();
        for (String resource : new String[] {
            host,
            host.toUpperCase(Locale.ROOT),
            host.replace(":", "%3A"),
            host.replace(":", "%3a"),
            "my-dps.azure-devices-provisioning.net",
            "My-Dps.Azure-Devices-Provisioning.net",
            host + "/enrollmentgroups",
            host + "%2FenrollmentGroups%2Ffleet"
        }) {
            assertThat(statusWith(SasToken.sign(resource, key, expiry, OWNER)))
                    .as(resource)
                    .isEqualTo(200);
        }
    }

    @Test
    void aTokenForAnotherHostOrPathIsRefused() {
        for (String resource : new String[] {
            "localhost",
            "localhost:1",
            "other.azure-devices-provisioning.net",
            instance.serviceEndpoint() + "/enrollments",
            instance.serviceEndpoint() + "/enrollmentGroups/flee"
        }) {
            assertThat(statusWith(token(resource, instance.serviceKey(), OWNER)))
                    .as(resource)
                    .isEqualTo(401);
        }
    }

    @Test
    void aTokenEndsAtItsExpiry() {
        var token = SasToken.sign(
                instance.serviceEndpoint().replace(":", "%3A"),
                instance.serviceKey(),
                clock.now().plusSeconds(60),
                OWNER);
        assertThat(statusWith(token)).isEqualTo(200);
        clock.turn(Duration.ofSeconds(60));
        var refused = backend.withToken(token).get("/enrollmentGroups/fleet");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body().path("errorCode").asInt()).isEqualTo(401002);
        assertThat(refused.text("/message")).contains("expired");
    }

    @Test
    void noTokenAWrongOneAndAnUnknownPolicyAreRefused() {
        assertThat(statusWith("")).isEqualTo(401);
        assertThat(statusWith("Bearer abc")).isEqualTo(401);
        assertThat(statusWith("SharedAccessSignature sr=x")).isEqualTo(401);
        assertThat(statusWith(token(instance.serviceEndpoint(), SharedAccessKey.random(), OWNER)))
                .isEqualTo(401);
        assertThat(statusWith(token(instance.serviceEndpoint(), instance.serviceKey(), "nobody")))
                .isEqualTo(401);
        assertThat(statusWith(token(instance.serviceEndpoint(), instance.serviceKey(), "")))
                .isEqualTo(401);
    }

    /** As it comes in through the proxy; java.net.http lets nobody set the host. */
    @ParameterizedTest
    @CsvSource({
        "my-dps.azure-devices-provisioning.net, 200",
        "MY-DPS.azure-devices-provisioning.net:443, 200",
        "other.azure-devices-provisioning.net, 404",
        "localhost, 404"
    })
    void theSharedListenerKnowsAnInstanceByItsRealName(String host, int status) throws IOException {
        var token = token("my-dps.azure-devices-provisioning.net", instance.serviceKey(), OWNER);
        var answer = sharedListener("GET /enrollmentGroups/fleet?api-version=2021-10-01 HTTP/1.1\r\nHost: " + host
                + "\r\nAuthorization: " + token + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status + ' ');
    }

    private String sharedListener(String request) throws IOException {
        var endpoint = emulator.description().deviceEndpoint().split(":", 2);
        var sockets =
                TestDevice.sslContext(null, emulator.description().caFile()).getSocketFactory();
        try (var socket = (SSLSocket) sockets.createSocket(endpoint[0], Integer.parseInt(endpoint[1]))) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private int statusWith(String token) {
        return backend.withToken(token).get("/enrollmentGroups/fleet").status();
    }

    private String token(String host, SharedAccessKey key, String policy) {
        return TestBackend.token(host, key, clock.now(), policy);
    }
}
