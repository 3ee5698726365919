package dev.berth.emulator.mqtt;

import dev.berth.emulator.device.DeviceApi;
import dev.berth.emulator.device.DpsJson;
import dev.berth.emulator.enrollment.Evidence;
import dev.berth.emulator.protocol.Ticker;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Vertx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection, on its event loop. Whatever MQTT calls a violation ends it without a word, as MQTT wants it.
 * While the client does not read its answers nothing more of it is read either, so its silence ends it too.
 */
final class MqttSession {
    private static final Logger LOG = System.getLogger(MqttSession.class.getName());

    private static final int PACKETS_A_TURN_MAX = 64;

    /**
     * DPS is never nearer than this. Java's device SDK begins to wait for an answer a moment after it has sent its request, and
     * misses for good an answer that was there before.
     */
    private static final Duration ANSWER_DELAY = Duration.ofMillis(50);

    private final Vertx vertx;
    private final DeviceApi api;
    private final Ticker ticker;
    private final MqttLimits limits;
    private final MqttStream stream;
    private final MqttCodec codec;
    private final Subscription subscription = new Subscription();
    private @Nullable ConnectedDevice device;
    private Duration silenceMax;
    private long timer;
    private int underWay;
    private boolean turnAwaited;
    private boolean closed;

    MqttSession(Vertx vertx, DeviceApi api, Ticker ticker, MqttLimits limits, MqttStream stream) {
        this.vertx = vertx;
        this.api = api;
        this.ticker = ticker;
        this.limits = limits;
        this.stream = stream;
        this.codec = new MqttCodec(limits.packetBytesMax());
        this.silenceMax = limits.connectTimeMax();
    }

    void start() {
        timer = vertx.setTimer(silenceMax.toMillis(), id -> close());
        stream.in().exceptionHandler(broken -> close());
        stream.out().drainHandler(drained -> proceed());
        stream.in().handler(bytes -> {
            if (live()) {
                codec.receive(bytes);
                proceed();
            }
        });
    }

    /** Lets go of everything, however the connection ended; may be called again. */
    void close() {
        if (!closed) {
            closed = true;
            vertx.cancelTimer(timer);
            codec.close();
            stream.hangUp().run();
            vertx.setTimer(limits.linger().toMillis(), id -> stream.cutOff());
        }
    }

    /** Takes packets until none is left, the client must read first, or the other connections have a turn. */
    private void proceed() {
        for (int taken = 0; live() && !turnAwaited; taken++) {
            if (stream.out().writeQueueFull()) {
                stream.in().pause();
                return;
            }
            if (taken == PACKETS_A_TURN_MAX) {
                stream.in().pause();
                awaitTurn();
                return;
            }
            var packet = codec.next();
            if (packet.isEmpty()) {
                stream.in().resume();
                return;
            }
            take(packet.get());
        }
    }

    private boolean live() {
        return !closed && !stream.ended().getAsBoolean();
    }

    private void awaitTurn() {
        turnAwaited = true;
        vertx.runOnContext(turn -> {
            turnAwaited = false;
            proceed();
        });
    }

    private void take(MqttMessage packet) {
        try {
            handle(packet);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "MQTT packet failed", e);
            close();
        } finally {
            ReferenceCountUtil.release(packet);
        }
    }

    private void handle(MqttMessage packet) {
        if (packet.decoderResult().isFailure()) {
            malformed(packet.decoderResult().cause());
        } else if (device != null) {
            heard();
            handle(device, packet);
        } else if (packet instanceof MqttConnectMessage connect) {
            connect(connect);
        } else {
            close();
        }
    }

    private void malformed(Throwable cause) {
        if (device == null && cause instanceof MqttUnacceptableProtocolVersionException) {
            refuse(MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION);
        } else {
            close();
        }
    }

    private void connect(MqttConnectMessage connect) {
        switch (Login.of(connect)) {
            case Login.Refused(var code) -> refuse(code);
            case Login.Accepted accepted -> {
                device = new ConnectedDevice(api, accepted, new Evidence(stream.chain(), accepted.token()));
                silenceMax = limits.silenceMax(accepted.keepAlive());
                heard();
                connectionAcknowledgement(MqttConnectReturnCode.CONNECTION_ACCEPTED);
            }
        }
    }

    private void refuse(MqttConnectReturnCode code) {
        connectionAcknowledgement(code);
        close();
    }

    private void connectionAcknowledgement(MqttConnectReturnCode code) {
        send(MqttMessageBuilders.connAck()
                .returnCode(code)
                .sessionPresent(false)
                .build());
    }

    private void heard() {
        vertx.cancelTimer(timer);
        timer = vertx.setTimer(silenceMax.toMillis(), id -> close());
    }

    private void handle(ConnectedDevice connected, MqttMessage packet) {
        switch (packet.fixedHeader().messageType()) {
            case PUBLISH -> publish(connected, (MqttPublishMessage) packet);
            case PUBACK ->
                subscription.acknowledge(((MqttMessageIdVariableHeader) packet.variableHeader()).messageId());
            case SUBSCRIBE -> subscribe((MqttSubscribeMessage) packet);
            case UNSUBSCRIBE -> unsubscribe((MqttUnsubscribeMessage) packet);
            case PINGREQ -> send(MqttMessage.PINGRESP);
            case DISCONNECT, CONNECT, CONNACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBACK, PINGRESP, AUTH -> close();
        }
    }

    private void subscribe(MqttSubscribeMessage packet) {
        if (packet.payload().topicSubscriptions().isEmpty()) {
            close();
            return;
        }
        var acknowledgement =
                MqttMessageBuilders.subAck().packetId(packet.variableHeader().messageId());
        subscription.add(packet.payload().topicSubscriptions()).forEach(acknowledgement::addGrantedQos);
        send(acknowledgement.build());
    }

    private void unsubscribe(MqttUnsubscribeMessage packet) {
        if (packet.payload().topics().isEmpty()) {
            close();
            return;
        }
        subscription.remove(packet.payload().topics());
        send(MqttMessageBuilders.unsubAck()
                .packetId(packet.variableHeader().messageId())
                .build());
    }

    private void publish(ConnectedDevice connected, MqttPublishMessage packet) {
        if (packet.fixedHeader().qosLevel() == MqttQoS.EXACTLY_ONCE) {
            close();
            return;
        }
        var question = connected.ask(packet.variableHeader().topicName(), ByteBufUtil.getBytes(packet.payload()));
        if (question.isEmpty() || underWay >= limits.unacknowledgedMax()) {
            close();
            return;
        }
        if (packet.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE) {
            send(MqttMessageBuilders.pubAck()
                    .packetId(packet.variableHeader().packetId())
                    .build());
        }
        serve(connected, question.get());
    }

    /** Faults may make requests wait: as many as answers may go unacknowledged. */
    private void serve(ConnectedDevice connected, ConnectedDevice.Question question) {
        var publish = new FaultyPublish(vertx, stream, question.plan());
        underWay++;
        publish.arrive(
                () -> answer(connected, publish, question.answer()),
                error -> answer(connected, publish, question.refused(error)));
    }

    private void answer(ConnectedDevice connected, FaultyPublish publish, ConnectedDevice.Answer answer) {
        var now = ticker.now();
        publish.depart(
                DpsJson.body(answer.outcome(), connected.apiVersion(), now),
                body -> later(answer.topic(now), body));
    }

    /** An answer that nobody listens to as yet is lost, whoever may listen by the time it would leave. */
    private void later(String topic, byte[] body) {
        if (subscription.qos() == null) {
            underWay--;
        } else {
            vertx.setTimer(ANSWER_DELAY.toMillis(), id -> answer(topic, body));
        }
    }

    private void answer(String topic, byte[] body) {
        underWay--;
        var qos = subscription.qos();
        if (qos == null || closed) {
            return;
        }
        if (subscription.unacknowledged() >= limits.unacknowledgedMax()) {
            close();
            return;
        }
        send(MqttMessageBuilders.publish()
                .topicName(topic)
                .qos(qos)
                .messageId(qos == MqttQoS.AT_MOST_ONCE ? 0 : subscription.nextPacketId())
                .payload(Unpooled.wrappedBuffer(body))
                .build());
    }

    private void send(MqttMessage packet) {
        stream.out().write(codec.encode(packet));
    }
}
