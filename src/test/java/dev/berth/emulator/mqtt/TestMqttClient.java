package dev.berth.emulator.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.json.Json;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A client that says exactly what a test wants, and hears what comes. */
final class TestMqttClient implements AutoCloseable {
    static final String FILTER = "$dps/registrations/res/#";
    static final String REGISTER = "$dps/registrations/PUT/iotdps-register/?$rid=";
    static final String POLL = "$dps/registrations/GET/iotdps-get-operationstatus/?$rid=";

    private final TestConnection connection;
    private final MqttCodec codec = new MqttCodec(1 << 20);

    TestMqttClient(TestConnection connection) {
        this.connection = connection;
    }

    /** An answer as it was published. */
    record Answer(String topic, JsonNode body, MqttQoS qos, int packetId) {
        String text(String pointer) {
            return body.at(pointer).asText();
        }
    }

    static MqttMessageBuilders.ConnectBuilder hello(String idScope, String registrationId) {
        return MqttMessageBuilders.connect()
                .clientId(registrationId)
                .username(
                        idScope + "/registrations/" + registrationId + "/api-version=2019-03-31&ClientVersion=test%2F1")
                .keepAlive(60)
                .cleanSession(true);
    }

    /** Connected and subscribed as SDKs do it. */
    TestMqttClient ready(String idScope, String registrationId) {
        assertThat(connect(hello(idScope, registrationId))).isEqualTo(MqttConnectReturnCode.CONNECTION_ACCEPTED);
        assertThat(subscribe(FILTER, MqttQoS.AT_LEAST_ONCE)).containsExactly(1);
        return this;
    }

    MqttConnectReturnCode connect(MqttMessageBuilders.ConnectBuilder hello) {
        send(hello.build());
        return ((MqttConnAckMessage) next()).variableHeader().connectReturnCode();
    }

    List<Integer> subscribe(String filter, MqttQoS qos) {
        send(MqttMessageBuilders.subscribe()
                .messageId(1)
                .addSubscription(qos, filter)
                .build());
        return ((MqttSubAckMessage) next()).payload().reasonCodes();
    }

    Answer ask(String topic, String body) {
        publish(topic, body, MqttQoS.AT_MOST_ONCE);
        return answer();
    }

    void publish(String topic, String body, MqttQoS qos) {
        send(publication(topic, body, qos));
    }

    static MqttMessage publication(String topic, String body, MqttQoS qos) {
        return MqttMessageBuilders.publish()
                .topicName(topic)
                .qos(qos)
                .messageId(qos == MqttQoS.AT_MOST_ONCE ? 0 : 7)
                .payload(Unpooled.copiedBuffer(body, StandardCharsets.UTF_8))
                .build();
    }

    Answer answer() {
        var packet = (MqttPublishMessage) next();
        var body = Json.read(ByteBufUtil.getBytes(packet.payload())).orElseThrow();
        var header = packet.variableHeader();
        return new Answer(header.topicName(), body, packet.fixedHeader().qosLevel(), header.packetId());
    }

    void send(MqttMessage packet) {
        connection.send(codec.encode(packet).getBytes());
    }

    /** In one piece, so that the server takes one after the other without a pause. */
    void sendAtOnce(MqttMessage... packets) {
        var bytes = Buffer.buffer();
        for (var packet : packets) {
            bytes.appendBuffer(codec.encode(packet));
        }
        connection.send(bytes.getBytes());
    }

    void sendRaw(byte[] bytes) {
        connection.send(bytes);
    }

    MqttMessage next() {
        return received().orElseThrow(() -> new AssertionError("the connection has ended"));
    }

    /** Whether the server ends the connection without another packet. */
    boolean cutOff() {
        return received().isEmpty();
    }

    private Optional<MqttMessage> received() {
        for (var packet = codec.next(); true; packet = codec.next()) {
            if (packet.isPresent()) {
                return packet;
            }
            var bytes = connection.receive();
            if (bytes.length == 0) {
                return Optional.empty();
            }
            codec.receive(Buffer.buffer(bytes));
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
