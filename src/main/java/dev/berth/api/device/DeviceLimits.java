package dev.berth.api.device;

import java.time.Duration;

/**
 * What one device, and all of them together, may take of the listener.
 *
 * @param connectionsMax connections open at once, handshakes included; one more is closed
 * @param requestsInFlightMax requests in work at once; one more is {@code overloaded}
 * @param pipelinedMax requests one connection may have sent ahead of their answers; one more closes it
 * @param requestLineBytesMax method, path and query
 * @param headerBytesMax all headers together
 * @param bodyBytesMax a request's body
 * @param handshakeMax from the connection to the end of the TLS handshake
 * @param arrivalMax from a request's first byte to its last
 * @param idleMax without a byte in either direction
 */
public record DeviceLimits(
        int connectionsMax,
        int requestsInFlightMax,
        int pipelinedMax,
        int requestLineBytesMax,
        int headerBytesMax,
        int bodyBytesMax,
        Duration handshakeMax,
        Duration arrivalMax,
        Duration idleMax) {
    public static final DeviceLimits DEFAULT = new DeviceLimits(
            20_000,
            2_000,
            16,
            2 * 1024,
            8 * 1024,
            4 * 1024,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60));

    public DeviceLimits withConnectionsMax(int max) {
        return new DeviceLimits(
                max,
                requestsInFlightMax,
                pipelinedMax,
                requestLineBytesMax,
                headerBytesMax,
                bodyBytesMax,
                handshakeMax,
                arrivalMax,
                idleMax);
    }

    public DeviceLimits withRequestsInFlightMax(int max) {
        return new DeviceLimits(
                connectionsMax,
                max,
                pipelinedMax,
                requestLineBytesMax,
                headerBytesMax,
                bodyBytesMax,
                handshakeMax,
                arrivalMax,
                idleMax);
    }

    public DeviceLimits withHandshakeMax(Duration max) {
        return new DeviceLimits(
                connectionsMax,
                requestsInFlightMax,
                pipelinedMax,
                requestLineBytesMax,
                headerBytesMax,
                bodyBytesMax,
                max,
                arrivalMax,
                idleMax);
    }

    public DeviceLimits withArrivalMax(Duration max) {
        return new DeviceLimits(
                connectionsMax,
                requestsInFlightMax,
                pipelinedMax,
                requestLineBytesMax,
                headerBytesMax,
                bodyBytesMax,
                handshakeMax,
                max,
                idleMax);
    }

    public DeviceLimits withIdleMax(Duration max) {
        return new DeviceLimits(
                connectionsMax,
                requestsInFlightMax,
                pipelinedMax,
                requestLineBytesMax,
                headerBytesMax,
                bodyBytesMax,
                handshakeMax,
                arrivalMax,
                max);
    }
}
