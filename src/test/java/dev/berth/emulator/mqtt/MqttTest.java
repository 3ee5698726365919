package dev.berth.emulator.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.Ports;
import dev.berth.emulator.TestDevice;
import dev.berth.emulator.TestPki;
import dev.berth.emulator.TestTokens;
import dev.berth.emulator.TurnedClock;
import dev.berth.emulator.enrollment.EnrollmentKind;
import dev.berth.emulator.https.BodyReader;
import dev.berth.emulator.https.TlsEngine;
import dev.berth.emulator.instance.InstanceConfig;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.SharedAccessKey;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The device API over MQTT, on a clock that the test turns. */
class MqttTest {
    private static final TestPki.Entity ROOT = TestPki.root("Fleet Root");
    private static final TestPki.Entity DEVICE = ROOT.device("device-1");
    private static final int LIMIT = 4;

    private final TurnedClock clock = new TurnedClock();

    @TempDir
    Path directory;

    private Emulator emulator;
    private String idScope;

    /** The ways of DPS to speak MQTT. */
    enum Transport {
        TLS,
        WEB_SOCKET,
        WEB_SOCKET_OF_HUBS,
        WEB_SOCKET_OF_THE_INSTANCE
    }

    @BeforeEach
    void start() throws IOException {
        start(TlsEngine.AUTO);
    }

    private void start(TlsEngine engine) throws IOException {
        var config = new EmulatorConfig(EmulatorConfig.of(2, LIMIT).instances(), Ports.FREE, engine);
        emulator = Emulator.start(config, directory, clock, BodyReader.Limits.DPS);
        idScope = emulator.description().instances().getFirst().idScope();
        emulator.addEnrollmentGroup(idScope, "fleet", ROOT.pem());
    }

    @AfterEach
    void stop() throws IOException {
        emulator.close();
    }

    private TestMqttClient client(TestPki.@Nullable Entity identity) {
        return client(Transport.TLS, identity);
    }

    private TestMqttClient client(Transport transport, TestPki.@Nullable Entity identity) {
        var context = TestDevice.sslContext(identity, emulator.description().caFile());
        var endpoint = emulator.description().deviceEndpoint();
        return new TestMqttClient(
                switch (transport) {
                    case TLS -> TestConnection.tls(emulator.description().mqttEndpoint(), context);
                    case WEB_SOCKET -> TestConnection.webSocket(endpoint, "/mqtt", "mqtt", context);
                    case WEB_SOCKET_OF_HUBS ->
                        TestConnection.webSocket(endpoint, "/$iothub/websocket", "MQTT", context);
                    case WEB_SOCKET_OF_THE_INSTANCE ->
                        TestConnection.webSocket(
                                emulator.description().instances().getFirst().serviceEndpoint(),
                                "/$iothub/websocket",
                                "mqtt",
                                context);
                });
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void answersAssigningAndThenTheHub(Transport transport) {
        try (var client = client(transport, DEVICE).ready(idScope, "device-1")) {
            var assigning = client.ask(TestMqttClient.REGISTER + "a-1", "{\"registrationId\":\"device-1\"}");
            assertThat(assigning.topic()).isEqualTo("$dps/registrations/res/202/?$rid=a-1&retry-after=3");
            assertThat(assigning.text("/status")).isEqualTo("assigning");

            var poll = "&operationId=" + assigning.text("/operationId");
            assertThat(client.ask(TestMqttClient.POLL + 2 + poll, "").topic())
                    .isEqualTo("$dps/registrations/res/202/?$rid=2&retry-after=3");
            clock.turn(InstanceConfig.ASSIGN_DELAY);
            var assigned = client.ask(TestMqttClient.POLL + 3 + poll, " ");
            assertThat(assigned.topic()).isEqualTo("$dps/registrations/res/200/?$rid=3");
            assertThat(assigned.text("/status")).isEqualTo("assigned");
            assertThat(assigned.text("/registrationState/deviceId")).isEqualTo("device-1");
            assertThat(assigned.text("/registrationState/assignedHub")).matches("dps-1-hub-[12]\\.azure-devices\\.net");
            assertThat(emulator.report(idScope).registered()).isEqualTo(1);
        }
    }

    @Test
    void theProxyLeadsToItByTheRealName() throws IOException {
        var proxy = emulator.description().proxyEndpoint().split(":", 2);
        var context = TestDevice.sslContext(DEVICE, emulator.description().caFile());
        var host = "global.azure-devices-provisioning.net";
        try (var socket = new Socket(proxy[0], Integer.parseInt(proxy[1]))) {
            socket.getOutputStream()
                    .write(("CONNECT " + host + ":8883 HTTP/1.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            var established = "HTTP/1.1 200 Connection established\r\n\r\n";
            assertThat(socket.getInputStream().readNBytes(established.length()))
                    .asString()
                    .isEqualTo(established);
            try (var client =
                    new TestMqttClient(TestConnection.tls(socket, host, context)).ready(idScope, "device-1")) {
                assertThat(client.ask(TestMqttClient.REGISTER + 1, "").topic()).contains("/res/202/");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsEngine.class,
            names = {"JDK", "AUTO"})
    void bothTlsEnginesSeeTheWholeChain(TlsEngine engine) throws IOException {
        emulator.close();
        start(engine);
        var device = ROOT.authority("Line").device("device-1");
        for (var transport : Transport.values()) {
            try (var client = client(transport, device).ready(idScope, "device-1")) {
                assertThat(client.ask(TestMqttClient.REGISTER + 1, "").topic()).contains("/res/202/");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"registrationId\":\"device-1\"}",
                "{\"payload\": null, \"registrationId\": \"DEVICE-1\"}",
                "{\"payload\":{\"modelId\":\"dtmi:example:Pump;1\"}}"
            })
    void registersWithEachBodyThatAnSdkSends(String body) {
        try (var client = client(DEVICE).ready(idScope, "device-1")) {
            var operation = client.ask(TestMqttClient.REGISTER + 1, body).text("/operationId");
            assertThat(operation).isNotEmpty();
            assertThat(client.ask(TestMqttClient.POLL + "1&operationId=" + operation, body)
                            .text("/operationId"))
                    .isEqualTo(operation);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                          | 400 | 400000",
                "{\"registrationId\":\"device-2\"}           | 400 | 400000",
                "{\"tpm\":{\"endorsementKey\":\"a2V5\"}}     | 400 | 400000",
            })
    void aBadBodyIsRefusedOnTheTopic(String body, int status, int errorCode) {
        try (var client = client(DEVICE).ready(idScope, "device-1")) {
            refused(client.ask(TestMqttClient.REGISTER + 1, body), status, errorCode);
        }
    }

    @Test
    void aStrangerIsToldSoOnTheTopic() {
        try (var client = client(TestPki.root("Strange").device("device-1")).ready(idScope, "device-1")) {
            refused(client.ask(TestMqttClient.REGISTER + 1, ""), 401, 401002);
        }
    }

    @Test
    void aDeviceThatShowsNothingIsToldSoOnTheTopic() {
        try (var client = client(null).ready(idScope, "device-1")) {
            refused(client.ask(TestMqttClient.REGISTER + 1, ""), 401, 401002);
        }
    }

    @Test
    void aTokenIsThePasswordAndEndsWhenItSays() {
        var key = SharedAccessKey.random();
        var json = Json.read(
                """
                {"attestation": {"type": "symmetricKey", "symmetricKey": {"primaryKey": "%s", "secondaryKey": "%s"}}}""".formatted(key.base64(), SharedAccessKey.random().base64()).getBytes(StandardCharsets.UTF_8));
        emulator.instance(idScope)
                .register()
                .put(
                        EnrollmentKind.GROUP,
                        JsonAt.root(((ObjectNode) json.orElseThrow()).put("enrollmentGroupId", "keys")));
        var token = TestTokens.of(
                idScope + "%2fregistrations%2fdevice-5",
                TestTokens.derived(key, "device-5"),
                clock.now().plusSeconds(60),
                "");
        try (var client = client(null)) {
            client.connect(TestMqttClient.hello(idScope, "device-5").password(token.getBytes(StandardCharsets.UTF_8)));
            client.subscribe(TestMqttClient.FILTER, MqttQoS.AT_LEAST_ONCE);
            assertThat(client.ask(TestMqttClient.REGISTER + 1, "").topic()).contains("/res/202/");
            clock.turn(Duration.ofSeconds(61));
            refused(client.ask(TestMqttClient.REGISTER + 1, ""), 401, 401002);
        }
    }

    @Test
    void anotherCommonNameIsUnauthorized() {
        try (var client = client(DEVICE).ready(idScope, "device-2")) {
            refused(client.ask(TestMqttClient.REGISTER + 1, ""), 401, 401002);
        }
    }

    @Test
    void anUnknownIdScopeIsNotFound() {
        try (var client = client(DEVICE).ready("0neUNKNOWN", "device-1")) {
            refused(client.ask(TestMqttClient.REGISTER + 1, ""), 404, 404000);
        }
    }

    @Test
    void overTheQuotaIsThrottledWithRetryAfter() {
        try (var client = client(DEVICE).ready(idScope, "device-1")) {
            for (int i = 0; i < LIMIT; i++) {
                assertThat(client.ask(TestMqttClient.REGISTER + i, "").topic()).contains("/res/202/");
            }
            var throttled = client.ask(TestMqttClient.REGISTER + "last", "");
            assertThat(throttled.topic()).isEqualTo("$dps/registrations/res/429/?$rid=last&retry-after=3");
            assertThat(throttled.body().path("errorCode").asInt()).isEqualTo(429001);
        }
        assertThat(emulator.report(idScope).throttled()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "SCOPE/registrations/device-1/api-version=2019-03-31 | device-1 | 0",
                "SCOPE/Registrations/DEVICE-1/api-version=2019-03-31 | device-1 | 0",
                "-                                                   | device-1 | 4",
                "''                                                  | device-1 | 4",
                "device-1                                            | device-1 | 4",
                "SCOPE/registrations/device-1                        | device-1 | 4",
                "SCOPE/devices/device-1/api-version=2019-03-31       | device-1 | 4",
                "SCOPE/registrations/device-1/api-version=2019-03-31 | device-2 | 2",
                "SCOPE/registrations/device-1/api-version=2019-03-31 | ''       | 2",
            })
    void connectIsRefusedOnlyWhereNoTopicCouldSayMore(@Nullable String userName, String clientId, int code) {
        try (var client = client(DEVICE)) {
            var hello = TestMqttClient.hello(idScope, "device-1").clientId(clientId);
            if (userName == null) {
                hello.hasUser(false);
            } else {
                hello.username(userName.replace("SCOPE", idScope));
            }
            assertThat(client.connect(hello).byteValue()).isEqualTo((byte) code);
            if (code != 0) {
                assertThat(client.cutOff()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ClientVersion=1", "api-version=2010-01-01", "api-version="})
    void anApiVersionThatIsNotKnownIsRefusedOnTheTopic(String properties) {
        try (var client = client(DEVICE)) {
            var hello = TestMqttClient.hello(idScope, "device-1");
            client.connect(hello.username(idScope + "/registrations/device-1/" + properties));
            client.subscribe(TestMqttClient.FILTER, MqttQoS.AT_LEAST_ONCE);
            refused(client.ask(TestMqttClient.REGISTER + 1, ""), 400, 400000);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MqttVersion.class,
            names = {"MQTT_3_1", "MQTT_5"})
    void anotherVersionOfMqttIsRefused(MqttVersion version) {
        try (var client = client(DEVICE)) {
            var code = client.connect(TestMqttClient.hello(idScope, "device-1").protocolVersion(version));
            assertThat(code)
                    .isEqualTo(
                            version == MqttVersion.MQTT_5
                                    ? MqttConnectReturnCode.CONNECTION_REFUSED_UNSUPPORTED_PROTOCOL_VERSION
                                    : MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION);
            assertThat(client.cutOff()).isTrue();
        }
    }

    @Test
    void aProtocolThatNobodyKnowsIsRefused() {
        try (var client = client(DEVICE)) {
            client.sendRaw(new byte[] {0x10, 12, 0, 4, 'M', 'Q', 'T', 'T', 9, 2, 0, 60, 0, 0});
            assertThat(client.next().fixedHeader().messageType()).isEqualTo(MqttMessageType.CONNACK);
            assertThat(client.cutOff()).isTrue();
        }
    }

    @Test
    void onlyTheFilterOfAnswersIsGrantedAndQosOneAtMost() {
        try (var client = client(DEVICE)) {
            client.connect(TestMqttClient.hello(idScope, "device-1"));
            assertThat(client.subscribe("#", MqttQoS.AT_MOST_ONCE)).containsExactly(0x80);
            assertThat(client.subscribe("$dps/registrations/res/200/#", MqttQoS.AT_MOST_ONCE))
                    .containsExactly(0x80);
            assertThat(client.subscribe(TestMqttClient.FILTER, MqttQoS.EXACTLY_ONCE))
                    .containsExactly(1);
            assertThat(client.subscribe(TestMqttClient.FILTER, MqttQoS.AT_MOST_ONCE))
                    .containsExactly(0);
            assertThat(client.ask(TestMqttClient.REGISTER + 1, "").qos()).isEqualTo(MqttQoS.AT_MOST_ONCE);
        }
    }

    @Test
    void aPublishOfQosOneIsAcknowledgedBeforeItsAnswer() {
        try (var client = client(DEVICE).ready(idScope, "device-1")) {
            client.publish(TestMqttClient.REGISTER + 1, "", MqttQoS.AT_LEAST_ONCE);
            assertThat(client.next().fixedHeader().messageType()).isEqualTo(MqttMessageType.PUBACK);
            var answer = client.answer();
            assertThat(answer.qos()).isEqualTo(MqttQoS.AT_LEAST_ONCE);
            assertThat(answer.packetId()).isPositive();
        }
    }

    @Test
    void anAnswerComesFiftyMillisecondsAfterItsRequestAtTheEarliest() {
        try (var client = client(DEVICE).ready(idScope, "device-1")) {
            long asked = System.nanoTime();
            client.sendAtOnce(
                    TestMqttClient.publication(TestMqttClient.REGISTER + 1, "", MqttQoS.AT_MOST_ONCE),
                    MqttMessage.PINGREQ);
            assertThat(client.next().fixedHeader().messageType()).isEqualTo(MqttMessageType.PINGRESP);
            assertThat(client.answer().topic()).contains("/res/202/");
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        }
    }

    @Test
    void aSessionIsAFreshOneEvenIfTheClientWantsItsOldOne() {
        for (int i = 0; i < 2; i++) {
            try (var client = client(DEVICE)) {
                client.send(TestMqttClient.hello(idScope, "device-1")
                        .cleanSession(false)
                        .build());
                var accepted = ((MqttConnAckMessage) client.next()).variableHeader();
                assertThat(accepted.connectReturnCode()).isEqualTo(MqttConnectReturnCode.CONNECTION_ACCEPTED);
                assertThat(accepted.isSessionPresent()).isFalse();
                client.publish(TestMqttClient.REGISTER + "unheard", "", MqttQoS.AT_MOST_ONCE);
                client.subscribe(TestMqttClient.FILTER, MqttQoS.AT_LEAST_ONCE);
                assertThat(client.ask(TestMqttClient.REGISTER + i, "").topic())
                        .endsWith("$rid=" + i + "&retry-after=3");
            }
        }
    }

    @Test
    void twoConnectionsOfOneDeviceLeaveEachOtherAlone() {
        try (var one = client(DEVICE).ready(idScope, "device-1");
                var two = client(Transport.WEB_SOCKET, DEVICE).ready(idScope, "device-1")) {
            assertThat(one.ask(TestMqttClient.REGISTER + 1, "").topic()).contains("$rid=1");
            assertThat(two.ask(TestMqttClient.REGISTER + 2, "").topic()).contains("$rid=2");
            pinged(one);
            pinged(two);
        }
    }

    @Test
    void aWillIsTakenAndNeverPublished() {
        try (var heir = client(DEVICE).ready(idScope, "device-1")) {
            try (var client = client(DEVICE)) {
                assertThat(client.connect(TestMqttClient.hello(idScope, "device-1")
                                .willFlag(true)
                                .willTopic("$dps/registrations/res/200/?$rid=will")
                                .willMessage("gone".getBytes(StandardCharsets.UTF_8))))
                        .isEqualTo(MqttConnectReturnCode.CONNECTION_ACCEPTED);
            }
            assertThat(heir.ask(TestMqttClient.REGISTER + 1, "").topic()).contains("$rid=1");
        }
    }

    @Test
    void nobodyHearsAnswersBeforeSubscribeOrAfterUnsubscribe() {
        try (var client = client(DEVICE)) {
            client.connect(TestMqttClient.hello(idScope, "device-1"));
            client.publish(TestMqttClient.REGISTER + 1, "", MqttQoS.AT_MOST_ONCE);
            pinged(client);
            client.subscribe(TestMqttClient.FILTER, MqttQoS.AT_MOST_ONCE);
            assertThat(client.ask(TestMqttClient.REGISTER + 2, "").topic()).contains("$rid=2");

            client.send(MqttMessageBuilders.unsubscribe()
                    .messageId(9)
                    .addTopicFilter(TestMqttClient.FILTER)
                    .build());
            assertThat(client.next().fixedHeader().messageType()).isEqualTo(MqttMessageType.UNSUBACK);
            client.publish(TestMqttClient.REGISTER + 3, "", MqttQoS.AT_MOST_ONCE);
            pinged(client);
            assertThat(emulator.report(idScope).registrations()).isEqualTo(3);
        }
    }

    private static void pinged(TestMqttClient client) {
        client.send(MqttMessage.PINGREQ);
        assertThat(client.next().fixedHeader().messageType()).isEqualTo(MqttMessageType.PINGRESP);
    }

    @Test
    void aRequestIdThatAllDevicesUseReachesTheOneThatAsked() {
        var other = ROOT.device("device-2");
        try (var one = client(DEVICE).ready(idScope, "device-1");
                var two = client(other).ready(idScope, "device-2")) {
            one.publish(TestMqttClient.REGISTER + 1, "", MqttQoS.AT_MOST_ONCE);
            var first = one.answer().text("/operationId");
            var second = two.ask(TestMqttClient.REGISTER + 1, "").text("/operationId");
            assertThat(second).isNotEqualTo(first);
            clock.turn(InstanceConfig.ASSIGN_DELAY);
            assertThat(two.ask(TestMqttClient.POLL + "1&operationId=" + second, "")
                            .text("/registrationState/deviceId"))
                    .isEqualTo("device-2");
            refused(one.ask(TestMqttClient.POLL + "1&operationId=" + second, ""), 404, 404000);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$dps/registrations/PUT/iotdps-registers/?$rid=1              | 404 | ?$rid=1",
                "$dps/registrations/POST/iotdps-register/?$rid=1              | 404 | ?$rid=1",
                "$dps/registrations/POST/iotdps-get-registrationstatus/?$rid=1 | 404 | ?$rid=1",
                "$dps/registrations/?$rid=1                                   | 404 | ?$rid=1",
                "$dps/registrations/PUT/iotdps-register/                      | 400 | ?$rid=",
                "$dps/registrations/PUT/iotdps-register/?$rid=                | 400 | ?$rid=",
                "$dps/registrations/PUT/iotdps-register/?rid=1                | 400 | ?$rid=",
                "$dps/registrations/GET/iotdps-get-operationstatus/?$rid=1    | 400 | ?$rid=1",
                "$dps/registrations/GET/iotdps-get-operationstatus/?$rid=1&operationId= | 404 | ?$rid=1",
            })
    void aTopicOfTheDeviceApiAlwaysGetsAStatus(String topic, int status, String end) {
        try (var client = client(DEVICE).ready(idScope, "device-1")) {
            var answer = client.ask(topic, "");
            assertThat(answer.topic()).isEqualTo("$dps/registrations/res/" + status + "/" + end);
        }
    }

    @Test
    void aRequestIdOverTheMaximumIsMalformed() {
        try (var client = client(DEVICE).ready(idScope, "device-1")) {
            var longest = "x".repeat(RequestTopic.REQUEST_ID_CHARS_MAX);
            assertThat(client.ask(TestMqttClient.REGISTER + longest, "").topic())
                    .contains("/res/202/?$rid=" + longest);
            assertThat(client.ask(TestMqttClient.REGISTER + longest + "x", "").topic())
                    .isEqualTo("$dps/registrations/res/400/?$rid=");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"devices/device-1/messages/events/", "$dps", "$iothub/twin/GET/?$rid=1"})
    void aTopicOfSomethingElseEndsTheConnection(String topic) {
        try (var client = client(DEVICE).ready(idScope, "device-1")) {
            client.publish(topic, "", MqttQoS.AT_LEAST_ONCE);
            assertThat(client.cutOff()).isTrue();
        }
    }

    @Test
    void qosTwoEndsTheConnection() {
        try (var client = client(DEVICE).ready(idScope, "device-1")) {
            client.publish(TestMqttClient.REGISTER + 1, "", MqttQoS.EXACTLY_ONCE);
            assertThat(client.cutOff()).isTrue();
        }
        assertThat(emulator.report(idScope).registrations()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void disconnectEndsTheConnection(Transport transport) {
        try (var client = client(transport, DEVICE).ready(idScope, "device-1")) {
            client.send(MqttMessage.DISCONNECT);
            assertThat(client.cutOff()).isTrue();
        }
    }

    @Test
    void aSecondConnectEndsTheConnection() {
        try (var client = client(DEVICE).ready(idScope, "device-1")) {
            client.send(TestMqttClient.hello(idScope, "device-1").build());
            assertThat(client.cutOff()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c000", "3000", "e000", "f000", "0000", "100000", "8202000100", "ffffffffff", "474554"})
    void whatIsNoConnectEndsTheConnection(String hexadecimal) {
        try (var client = client(DEVICE)) {
            client.sendRaw(HexFormat.of().parseHex(hexadecimal));
            assertThat(client.cutOff()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"20020000", "9003000100", "62020001", "d000", "82020001", "a2020001", "3200", "0000"})
    void whatAClientMustNotSendEndsTheConnection(String hexadecimal) {
        try (var client = client(DEVICE).ready(idScope, "device-1")) {
            client.sendRaw(HexFormat.of().parseHex(hexadecimal));
            assertThat(client.cutOff()).isTrue();
        }
    }

    private static void refused(TestMqttClient.Answer answer, int status, int errorCode) {
        assertThat(answer.topic()).isEqualTo("$dps/registrations/res/" + status + "/?$rid=1");
        assertThat(answer.body().path("errorCode").asInt()).isEqualTo(errorCode);
        assertThat(answer.text("/trackingId")).matches("[0-9a-f-]{36}");
    }
}
