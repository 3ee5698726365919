package dev.berth.emulator.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.TestDevice;
import dev.berth.emulator.TestPki;
import dev.berth.emulator.TurnedClock;
import dev.berth.emulator.fault.FaultKind;
import dev.berth.emulator.fault.FaultReader;
import dev.berth.emulator.https.BodyReader;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults as devices meet them over MQTT. */
class MqttFaultsTest {
    private static final TestPki.Entity ROOT = TestPki.root("Fleet Root");
    private static final TestPki.Entity DEVICE = ROOT.device("device-1");

    @TempDir
    Path directory;

    private Emulator emulator;
    private String idScope;
    private TestMqttClient client;

    @BeforeEach
    void start() throws IOException {
        emulator = Emulator.start(EmulatorConfig.of(1, 500), directory, new TurnedClock(), BodyReader.Limits.DPS);
        idScope = emulator.description().instances().getFirst().idScope();
        emulator.addEnrollmentGroup(idScope, "fleet", ROOT.pem());
        client = connected();
    }

    private TestMqttClient connected() {
        var context = TestDevice.sslContext(DEVICE, emulator.description().caFile());
        return new TestMqttClient(TestConnection.tls(emulator.description().mqttEndpoint(), context))
                .ready(idScope, "device-1");
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        emulator.close();
    }

    private void put(String fault) {
        var json = Json.read(fault.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        emulator.instance(idScope).inflict(FaultReader.fault(JsonAt.root(json.orElseThrow())));
    }

    private int registered() {
        return emulator.report(idScope).registered();
    }

    @ParameterizedTest
    @CsvSource({
        "seconds, &retry-after=7",
        "none, ''",
    })
    void throttlingSaysInTheTopicWhenToComeBack(String form, String suffix) {
        put("{'kind':'throttle','retryAfter':'%s','retryAfterSeconds':7}".formatted(form));
        var answer = client.ask(TestMqttClient.REGISTER + 1, "");
        assertThat(answer.topic()).isEqualTo("$dps/registrations/res/429/?$rid=1" + suffix);
        assertThat(answer.text("/errorCode")).isEqualTo("429001");
        assertThat(registered()).isZero();
    }

    @Test
    void aServerErrorIsAStatusInTheTopic() {
        put("{'kind':'error','status':503}");
        assertThat(client.ask(TestMqttClient.REGISTER + 1, "").topic()).isEqualTo("$dps/registrations/res/503/?$rid=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset-before", "outage", "failover"})
    void aResetEndsTheConnectionBeforeAnythingIsRecorded(String kind) {
        put("{'kind':'%s'}".formatted(kind));
        client.publish(TestMqttClient.REGISTER + 1, "", MqttQoS.AT_MOST_ONCE);
        assertThat(client.cutOff()).isTrue();
        assertThat(registered()).isZero();
    }

    @Test
    void aResetAfterEndsTheConnectionOfARegisteredDevice() {
        put("{'kind':'reset-after'}");
        client.publish(TestMqttClient.REGISTER + 1, "", MqttQoS.AT_MOST_ONCE);
        assertThat(client.cutOff()).isTrue();
        assertThat(registered()).isEqualTo(1);
    }

    @Test
    void aHangingRequestLeavesTheConnectionToOthers() {
        put("{'kind':'hang'}");
        client.publish(TestMqttClient.REGISTER + 1, "", MqttQoS.AT_MOST_ONCE);
        client.send(MqttMessage.PINGREQ);
        assertThat(client.next().fixedHeader().messageType()).isEqualTo(MqttMessageType.PINGRESP);
        assertThat(registered()).isZero();
        assertThat(emulator.instance(idScope).faults().counts()).containsEntry(FaultKind.HANG, 1L);
    }

    @Test
    void lateAndDrippingAnswersComeWhole() {
        put("{'kind':'latency','delayMillis':20}");
        put("{'kind':'drip','delayMillis':1}");
        var answer = client.ask(TestMqttClient.REGISTER + 1, "");
        assertThat(answer.text("/status")).isEqualTo("assigning");
        assertThat(emulator.instance(idScope).faults().counts())
                .containsEntry(FaultKind.LATENCY, 1L)
                .containsEntry(FaultKind.DRIP, 1L);
    }

    @Test
    void aMalformedBodyIsPublishedAsItIs() {
        put("{'kind':'malformed','malformedKind':'truncated'}");
        client.publish(TestMqttClient.REGISTER + 1, "", MqttQoS.AT_MOST_ONCE);
        var packet = (MqttPublishMessage) client.next();
        assertThat(Json.read(ByteBufUtil.getBytes(packet.payload()))).isEmpty();
        assertThat(registered()).isEqualTo(1);
    }

    @Test
    void asManyRequestsMayWaitAsAnswersMayGoUnacknowledged() {
        put("{'kind':'hang'}");
        for (int i = 0; i <= MqttLimits.DEFAULT.unacknowledgedMax(); i++) {
            client.publish(TestMqttClient.REGISTER + i, "", MqttQoS.AT_MOST_ONCE);
        }
        assertThat(client.cutOff()).isTrue();
    }
}
