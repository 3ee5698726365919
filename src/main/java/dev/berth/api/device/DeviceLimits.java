package dev.berth.api.device;

import java.time.Duration;

/**
 * What one device, and all of them together, may take of the listener.
 *
 * @param connectionsMax connections open at once, handshakes included; one more is closed
 * @param idleMax without a byte in either direction
 * @param handshakes what all devices together may ask for before they are known
 * @param requests what they may ask for then
 */
public record DeviceLimits(int connectionsMax, Duration idleMax, HandshakeLimits handshakes, RequestLimits requests) {
    public static final DeviceLimits DEFAULT =
            new DeviceLimits(20_000, Duration.ofSeconds(60), HandshakeLimits.DEFAULT, RequestLimits.DEFAULT);

    public DeviceLimits withConnectionsMax(int max) {
        return new DeviceLimits(max, idleMax, handshakes, requests);
    }

    DeviceLimits withIdleMax(Duration max) {
        return new DeviceLimits(connectionsMax, max, handshakes, requests);
    }

    public DeviceLimits withHandshakes(HandshakeLimits next) {
        return new DeviceLimits(connectionsMax, idleMax, next, requests);
    }

    public DeviceLimits withRequests(RequestLimits next) {
        return new DeviceLimits(connectionsMax, idleMax, handshakes, next);
    }
}
