package dev.berth.api.device;

import java.time.Duration;

/**
 * What one device, and all of them together, may take of the listener.
 *
 * @param connectionsMax connections open at once, handshakes included; one more is closed
 * @param requestsInFlightMax requests in work at once; one more is {@code overloaded}
 * @param requestWaitMax how long a request waits for its turn; after that it is {@code overloaded}
 * @param pipelinedMax requests one connection may have sent ahead of their answers; one more closes it
 * @param requestLineBytesMax method, path and query
 * @param headerBytesMax all headers together
 * @param bodyBytesMax a request's body
 * @param unreadBytesMax answers one connection may leave unread; one more request closes it
 * @param handshakeMax from the connection to its hello, and from there to the end of the TLS handshake
 * @param arrivalMax from a request's first byte to its last
 * @param idleMax without a byte in either direction
 * @param handshakes what all devices together may ask for before they are known
 */
public record DeviceLimits(
        int connectionsMax,
        int requestsInFlightMax,
        Duration requestWaitMax,
        int pipelinedMax,
        int requestLineBytesMax,
        int headerBytesMax,
        int bodyBytesMax,
        int unreadBytesMax,
        Duration handshakeMax,
        Duration arrivalMax,
        Duration idleMax,
        HandshakeLimits handshakes) {
    public static final DeviceLimits DEFAULT = new DeviceLimits(
            20_000,
            2_000,
            Duration.ofSeconds(1),
            16,
            2 * 1024,
            8 * 1024,
            4 * 1024,
            64 * 1024,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            HandshakeLimits.DEFAULT);

    public DeviceLimits withConnectionsMax(int max) {
        return new DeviceLimits(
                max,
                requestsInFlightMax,
                requestWaitMax,
                pipelinedMax,
                requestLineBytesMax,
                headerBytesMax,
                bodyBytesMax,
                unreadBytesMax,
                handshakeMax,
                arrivalMax,
                idleMax,
                handshakes);
    }

    public DeviceLimits withRequestsInFlightMax(int max) {
        return new DeviceLimits(
                connectionsMax,
                max,
                requestWaitMax,
                pipelinedMax,
                requestLineBytesMax,
                headerBytesMax,
                bodyBytesMax,
                unreadBytesMax,
                handshakeMax,
                arrivalMax,
                idleMax,
                handshakes);
    }

    public DeviceLimits withRequestWaitMax(Duration max) {
        return new DeviceLimits(
                connectionsMax,
                requestsInFlightMax,
                max,
                pipelinedMax,
                requestLineBytesMax,
                headerBytesMax,
                bodyBytesMax,
                unreadBytesMax,
                handshakeMax,
                arrivalMax,
                idleMax,
                handshakes);
    }

    public DeviceLimits withArrivalMax(Duration max) {
        return new DeviceLimits(
                connectionsMax,
                requestsInFlightMax,
                requestWaitMax,
                pipelinedMax,
                requestLineBytesMax,
                headerBytesMax,
                bodyBytesMax,
                unreadBytesMax,
                handshakeMax,
                max,
                idleMax,
                handshakes);
    }

    public DeviceLimits withHandshakeMax(Duration max) {
        return new DeviceLimits(
                connectionsMax,
                requestsInFlightMax,
                requestWaitMax,
                pipelinedMax,
                requestLineBytesMax,
                headerBytesMax,
                bodyBytesMax,
                unreadBytesMax,
                max,
                arrivalMax,
                idleMax,
                handshakes);
    }

    public DeviceLimits withIdleMax(Duration max) {
        return new DeviceLimits(
                connectionsMax,
                requestsInFlightMax,
                requestWaitMax,
                pipelinedMax,
                requestLineBytesMax,
                headerBytesMax,
                bodyBytesMax,
                unreadBytesMax,
                handshakeMax,
                arrivalMax,
                max,
                handshakes);
    }

    public DeviceLimits withHandshakes(HandshakeLimits next) {
        return new DeviceLimits(
                connectionsMax,
                requestsInFlightMax,
                requestWaitMax,
                pipelinedMax,
                requestLineBytesMax,
                headerBytesMax,
                bodyBytesMax,
                unreadBytesMax,
                handshakeMax,
                arrivalMax,
                idleMax,
                next);
    }
}
