package dev.berth.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.instance.AssignmentTimes;
import dev.berth.emulator.instance.InstanceConfig;
import dev.berth.pki.CertifiedKey;
import dev.berth.pki.PemFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One device, against the real emulator and a Berth that answers what the test wants. */
class FleetDeviceTest {
    private static final SandboxPki PKI = SandboxPki.fresh();
    private static final String NAME = "sensor-1";

    private final FleetCounts counts = new FleetCounts();
    private final CertifiedKey key = PKI.devices(List.of(NAME)).getFirst();
    private final Queue<Answer> answers = new ArrayDeque<>();
    private JsonNode reported = new JsonMapper().nullNode();
    private Emulator emulator;
    private HttpsServer berth;

    private record Answer(int status, String retryAfter, String body) {}

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        emulator = Emulator.start(
                EmulatorConfig.of(List.of(InstanceConfig.of("dps-1").withTimes(new AssignmentTimes(Duration.ZERO, 1)))),
                directory);
        emulator.addEnrollmentGroup(
                idScope(), "demo", PemFiles.pem(PKI.deviceCa().certificate()));
        berth = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        berth.setHttpsConfigurator(new HttpsConfigurator(serverTls()));
        berth.createContext("/v1/id-scope", exchange -> send(exchange, answers.remove()));
        berth.createContext("/v1/registrations/me/result", exchange -> {
            reported = new JsonMapper().readTree(exchange.getRequestBody());
            send(exchange, new Answer(204, "", ""));
        });
        berth.start();
    }

    @AfterEach
    void stop() throws Exception {
        berth.stop(0);
        emulator.close();
    }

    @Test
    void registersWhereItIsToldAndReportsIt() throws Exception {
        answers.add(register(idScope(), 30));

        var end = boot(PlainDevice::of);

        assertThat(end).isInstanceOf(Registration.Assigned.class);
        assertThat(reported.path("status").asText()).isEqualTo("assigned");
        assertThat(reported.path("deviceId").asText()).isEqualTo(NAME);
        assertThat(emulator.reports().getFirst().registrations()).isEqualTo(1);
    }

    @Test
    void registersWithTheOfficialSdkToo() throws Exception {
        answers.add(register(idScope(), 30));

        var end = boot(SdkClient::new);

        assertThat(end).isInstanceOf(Registration.Assigned.class);
        assertThat(emulator.reports().getFirst().registrations()).isEqualTo(1);
    }

    @Test
    void asksAgainWhenItWokeTooLate() throws Exception {
        answers.add(register("0neTooLate0", 0));
        answers.add(register(idScope(), 30));

        assertThat(boot(PlainDevice::of)).isInstanceOf(Registration.Assigned.class);
        assertThat(counts.assigned).hasValue(1);
    }

    @Test
    void comesBackWhenItIsQueued() throws Exception {
        answers.add(new Answer(429, "0", "{}"));
        answers.add(new Answer(503, "0", "{}"));
        answers.add(register(idScope(), 30));

        assertThat(boot(PlainDevice::of)).isInstanceOf(Registration.Assigned.class);
    }

    @Test
    void doesNotRegisterWhenItIsKnown() throws Exception {
        answers.add(new Answer(200, "", "{'action': 'connect', 'assignedHub': 'hub', 'deviceId': 'me'}"));

        assertThat(boot(PlainDevice::of)).isEqualTo(new Registration.Assigned("hub", "me"));
        assertThat(emulator.reports().getFirst().registrations()).isZero();
    }

    @Test
    void endsWithTheProblemWhenItIsRefused() throws Exception {
        answers.add(new Answer(403, "", "{'type': 'urn:berth:problem:device-blocked', 'detail': 'No.'}"));

        assertThat(boot(PlainDevice::of))
                .isEqualTo(new Registration.Failed("Berth: 403 urn:berth:problem:device-blocked No."));
    }

    @Test
    void reportsThatDpsRefusedIt() throws Exception {
        answers.add(register("0neNowhere0", 30));

        assertThat(boot(PlainDevice::of)).isInstanceOf(Registration.Failed.class);
        assertThat(reported.path("status").asText()).isEqualTo("failed");
    }

    private Registration boot(BiFunction<CertifiedKey, SSLContext, Registration.Client> client) throws Exception {
        var emulatorCa = PemFiles.readCertificates(emulator.description().caFile());
        var tls = new ClientTls(List.of(PKI.serverCa().certificate(), emulatorCa.getFirst())).context(key);
        return new FleetDevice(
                        NAME,
                        List.of("https://localhost:" + berth.getAddress().getPort()),
                        new HttpsCaller(tls),
                        client.apply(key, tls),
                        new Semaphore(1),
                        counts)
                .boot();
    }

    private static final class PlainDevice {
        static Registration.Client of(CertifiedKey key, SSLContext tls) {
            return new PlainClient(new HttpsCaller(tls), PlainClient.Throttled.FAILS, 10);
        }
    }

    private Answer register(String idScope, int withinSeconds) {
        return new Answer(200, "", """
            {'action': 'register', 'idScope': '%s', 'globalEndpoint': '%s', 'registerAfterSeconds': 0,
             'registerWithinSeconds': %d}\
            """.formatted(idScope, emulator.description().deviceEndpoint(), withinSeconds));
    }

    private String idScope() {
        return emulator.description().instances().getFirst().idScope();
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().replace('\'', '"').getBytes(UTF_8);
        if (!answer.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
        }
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static SSLContext serverTls() throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", PKI.server().key(), new char[0], new Certificate[] {
            PKI.server().certificate()
        });
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
