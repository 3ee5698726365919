package dev.berth.emulator.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.emulator.TestDevice;
import dev.berth.emulator.device.DeviceApi;
import dev.berth.emulator.https.HttpsListener;
import dev.berth.emulator.https.ServerIdentity;
import dev.berth.emulator.https.TlsEngine;
import dev.berth.emulator.https.TlsListener;
import dev.berth.emulator.instance.CustomAllocation;
import dev.berth.emulator.instance.Instances;
import dev.berth.emulator.protocol.Pem;
import dev.berth.emulator.protocol.Ticker;
import dev.berth.sandbox.FreePort;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the MQTT listeners do with clients that send too much, too little, too slowly, or no MQTT at all. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MqttLimitsTest {
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int PACKET_BYTES_MAX = 1_000;
    private static final int UNACKNOWLEDGED_MAX = 3;
    private static final int CONNECTIONS_MAX = 2;
    private static final int IDLE_SECONDS_OF_HTTP = 1;
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int PINGS_A_WRITE = 4 * 1024;
    private static final int FLOOD_BYTES = 1024 * 1024;
    private static final MqttLimits PATIENT =
            new MqttLimits(PACKET_BYTES_MAX, LONG, LONG, SOON, UNACKNOWLEDGED_MAX, CONNECTIONS_MAX);

    private final Vertx vertx = Vertx.vertx();
    private final ServerIdentity identity = ServerIdentity.fresh(Instant.now());
    private SSLContext trust;
    private String mqtt;
    private String https;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        trust = TestDevice.sslContext(
                null, Files.writeString(directory.resolve("ca.pem"), Pem.of(identity.authority())));
        listen(PATIENT);
    }

    private void listen(MqttLimits limits) throws Exception {
        var api = new DeviceApi(new Instances(List.of(), Ticker.system(), CustomAllocation.NONE));
        var server = new MqttServer(vertx, api, Ticker.system(), limits);
        var options = HttpsListener.options(identity, TlsEngine.AUTO, FreePort.choose())
                .setWebSocketSubProtocols(WebSocketUpgrade.SUB_PROTOCOLS)
                .setIdleTimeout(IDLE_SECONDS_OF_HTTP);
        var upgrade = new WebSocketUpgrade(
                server, request -> request.response().setStatusCode(404).end());
        https = "localhost:" + await(HttpsListener.listen(vertx, options, upgrade));
        mqtt = "localhost:"
                + await(server.listen(
                        TlsListener.options(new NetServerOptions(), identity, TlsEngine.AUTO, FreePort.choose())
                                .setSendBufferSize(BUFFER_BYTES)
                                .setReceiveBufferSize(BUFFER_BYTES)));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get();
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private TestMqttClient client() {
        return new TestMqttClient(TestConnection.tls(mqtt, trust));
    }

    private TestMqttClient webSocket() {
        return new TestMqttClient(TestConnection.webSocket(https, "/mqtt", "mqtt", trust));
    }

    @Test
    void aPacketOverTheMaximumEndsTheConnectionBeforeItComes() {
        try (var client = client().ready("0ne", "a")) {
            var body = "x".repeat(PACKET_BYTES_MAX - 2 - (TestMqttClient.REGISTER + 1).length());
            assertThat(client.ask(TestMqttClient.REGISTER + 1, body).topic()).contains("/res/400/");
            client.sendRaw(new byte[] {0x30, (byte) 0xe9, 0x07});
            assertThat(client.cutOff()).isTrue();
        }
    }

    @Test
    void packetsMayComeInAnyPieces() {
        try (var client = webSocket().ready("0ne", "a")) {
            client.sendRaw(new byte[] {(byte) 0xc0});
            client.sendRaw(new byte[] {0, (byte) 0xc0});
            client.sendRaw(new byte[] {0, (byte) 0xc0, 0});
            for (int i = 0; i < 3; i++) {
                assertThat(client.next().fixedHeader().messageType()).isEqualTo(MqttMessageType.PINGRESP);
            }
        }
    }

    @Test
    void aClientThatDoesNotConnectIsCutOff() throws Exception {
        listen(new MqttLimits(PACKET_BYTES_MAX, SOON, LONG, SOON, UNACKNOWLEDGED_MAX, CONNECTIONS_MAX));
        try (var client = client();
                var webSocket = webSocket()) {
            client.sendRaw(new byte[] {0x10});
            assertThat(client.cutOff()).isTrue();
            assertThat(webSocket.cutOff()).isTrue();
        }
    }

    @Test
    void aClientThatIsSilentForOneAndAHalfKeepAlivesIsCutOff() {
        try (var client = client()) {
            client.connect(TestMqttClient.hello("0ne", "a").keepAlive(1));
            assertThat(client.cutOff()).isTrue();
        }
    }

    @Test
    void aClientWithoutAKeepAliveIsCutOffWhenIdle() throws Exception {
        listen(new MqttLimits(PACKET_BYTES_MAX, LONG, SOON, SOON, UNACKNOWLEDGED_MAX, CONNECTIONS_MAX));
        try (var client = client()) {
            client.connect(TestMqttClient.hello("0ne", "a").keepAlive(0));
            assertThat(client.cutOff()).isTrue();
        }
    }

    @Test
    void aClientThatAcknowledgesNothingIsCutOff() {
        try (var client = client().ready("0ne", "a")) {
            for (int i = 0; i < UNACKNOWLEDGED_MAX; i++) {
                assertThat(client.ask(TestMqttClient.REGISTER + i, "").packetId())
                        .isEqualTo(i + 1);
            }
            client.publish(TestMqttClient.REGISTER + "more", "", MqttQoS.AT_MOST_ONCE);
            assertThat(client.cutOff()).isTrue();
        }
    }

    @Test
    void aClientThatAcknowledgesMayGoOn() {
        try (var client = client().ready("0ne", "a")) {
            for (int i = 0; i < 3 * UNACKNOWLEDGED_MAX; i++) {
                int packetId = client.ask(TestMqttClient.REGISTER + i, "").packetId();
                client.send(MqttMessageBuilders.pubAck().packetId(packetId).build());
            }
            client.send(MqttMessage.PINGREQ);
            assertThat(client.next().fixedHeader().messageType()).isEqualTo(MqttMessageType.PINGRESP);
        }
    }

    @Test
    void oneConnectionMoreThanAllowedIsCutOffUntilAnotherLeaves() {
        try (var second = webSocket().ready("0ne", "b")) {
            try (var first = client().ready("0ne", "a");
                    var third = client()) {
                assertThat(third.cutOff()).isTrue();
                assertThatThrownBy(this::webSocket)
                        .isInstanceOfSatisfying(CompletionException.class, e -> status(e, 503));
                first.send(MqttMessage.DISCONNECT);
                assertThat(first.cutOff()).isTrue();
            }
            try (var fourth = client()) {
                assertThat(fourth.connect(TestMqttClient.hello("0ne", "d")))
                        .isEqualTo(MqttConnectReturnCode.CONNECTION_ACCEPTED);
            }
            second.send(MqttMessage.PINGREQ);
            assertThat(second.next().fixedHeader().messageType()).isEqualTo(MqttMessageType.PINGRESP);
        }
    }

    @Test
    void aClientThatDoesNotReadIsNotReadFromEither() throws IOException {
        try (var client = clientOfSmallBuffers()) {
            client.connect(TestMqttClient.hello("0ne", "a").keepAlive(1));
            // Each ping is answered with more bytes than it has, until the server stops to read; its silence then ends
            // it.
            assertThatThrownBy(() -> flood(client)).isInstanceOf(UncheckedIOException.class);
        }
    }

    private TestMqttClient clientOfSmallBuffers() throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(BUFFER_BYTES);
        socket.setSendBufferSize(BUFFER_BYTES);
        var endpoint = mqtt.split(":", 2);
        socket.connect(new InetSocketAddress(endpoint[0], Integer.parseInt(endpoint[1])));
        return new TestMqttClient(TestConnection.tls(socket, endpoint[0], trust));
    }

    /** More than all buffers on the way hold together, and little enough to be served by a server that reads on. */
    private static void flood(TestMqttClient client) {
        var pings = HexFormat.of().parseHex("c000".repeat(PINGS_A_WRITE));
        for (int sent = 0; sent < FLOOD_BYTES; sent += pings.length) {
            client.sendRaw(pings);
        }
    }

    @Test
    void aTextFrameEndsTheConnection() {
        try (var frames = (TestConnection.Frames) TestConnection.webSocket(https, "/mqtt", "mqtt", trust)) {
            frames.sendText("MQTT");
            assertThat(frames.receive()).isEmpty();
        }
    }

    @Test
    void theSubProtocolComesBackAsItWasWritten() {
        for (var written : WebSocketUpgrade.SUB_PROTOCOLS) {
            try (var frames =
                    (TestConnection.Frames) TestConnection.webSocket(https, "/$iothub/websocket", written, trust)) {
                assertThat(frames.subProtocol()).isEqualTo(written);
            }
        }
    }

    @Test
    void aWebSocketOfSomethingElseIsRefused() {
        assertThatThrownBy(() -> TestConnection.webSocket(https, "/mqtt", "amqp", trust))
                .isInstanceOfSatisfying(CompletionException.class, e -> status(e, 400));
        assertThatThrownBy(() -> TestConnection.webSocket(https, "/other", "mqtt", trust))
                .isInstanceOfSatisfying(CompletionException.class, e -> status(e, 404));
    }

    private static void status(CompletionException e, int status) {
        assertThat(e.getCause())
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(status));
    }

    @Test
    void aPlainRequestIsToldToUpgrade() throws Exception {
        try (var client = HttpClient.newBuilder().sslContext(trust).build()) {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create("https://" + https + "/mqtt"))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            assertThat(answer.statusCode()).isEqualTo(426);
        }
    }

    @Test
    void aWebSocketOutlivesTheIdleTimeOfHttp() {
        try (var client = webSocket().ready("0ne", "a");
                var idle = TestConnection.tls(https, trust)) {
            assertThat(idle.receive()).isEmpty();
            client.send(MqttMessage.PINGREQ);
            assertThat(client.next().fixedHeader().messageType()).isEqualTo(MqttMessageType.PINGRESP);
        }
    }
}
