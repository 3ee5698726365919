package dev.berth.emulator.mqtt;

import java.time.Duration;

/**
 * What one client may cost.
 *
 * @param packetBytesMax of one packet, its topic included
 * @param connectTimeMax from the end of the handshake to the whole CONNECT
 * @param idleTimeMax without a packet, of a client that promised no keep-alive
 * @param linger how long a client that is being left may take to read the last of what it was sent
 * @param unacknowledgedMax answers of QoS 1 that wait for their PUBACK
 * @param connectionsMax of all clients together, WebSockets included
 */
public record MqttLimits(
        int packetBytesMax,
        Duration connectTimeMax,
        Duration idleTimeMax,
        Duration linger,
        int unacknowledgedMax,
        int connectionsMax) {
    /** DPS's message size and 1 KB for the topic; the rest is our own choice. */
    public static final MqttLimits DEFAULT = new MqttLimits(
            97 * 1024, Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofSeconds(2), 64, 20_000);

    /** MQTT grants a client half as much again as the keep-alive it promised. */
    Duration silenceMax(int keepAliveSeconds) {
        return keepAliveSeconds == 0 ? idleTimeMax : Duration.ofMillis(keepAliveSeconds * 1_500L);
    }
}
