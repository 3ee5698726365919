package dev.berth.emulator.mqtt;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether and how a device wants its answers, and which of them it has not acknowledged. */
final class Subscription {
    private static final String FILTER = RequestTopic.PREFIX + "res/#";
    private static final int PACKET_ID_MAX = 0xffff;

    private final Set<Integer> unacknowledged = new HashSet<>();
    private @Nullable MqttQoS qos;
    private int packetId;

    /** What SUBACK says of each filter: QoS 1 at most, as DPS grants it, and a failure for any filter but the one. */
    List<MqttQoS> add(List<MqttTopicSubscription> wanted) {
        return wanted.stream().map(this::granted).toList();
    }

    private MqttQoS granted(MqttTopicSubscription wanted) {
        if (!wanted.topicFilter().equals(FILTER)) {
            return MqttQoS.FAILURE;
        }
        qos = wanted.qualityOfService() == MqttQoS.AT_MOST_ONCE ? MqttQoS.AT_MOST_ONCE : MqttQoS.AT_LEAST_ONCE;
        return qos;
    }

    void remove(List<String> filters) {
        if (filters.contains(FILTER)) {
            qos = null;
        }
    }

    /** How answers are published, or null while nobody listens. */
    @Nullable MqttQoS qos() {
        return qos;
    }

    /** An identifier that no other answer uses which still waits for its PUBACK. */
    int nextPacketId() {
        do {
            packetId = packetId % PACKET_ID_MAX + 1;
        } while (!unacknowledged.add(packetId));
        return packetId;
    }

    void acknowledge(int id) {
        unacknowledged.remove(id);
    }

    int unacknowledged() {
        return unacknowledged.size();
    }
}
