package dev.berth.api.device;

import java.time.Duration;

/**
 * What the requests of one device, and of all of them together, may take.
 *
 * @param inFlightMax requests in work at once; one more is {@code overloaded}
 * @param waitMax how long a request waits for its turn; after that it is {@code overloaded}
 * @param arrivalMax from a request's first byte to its last
 */
public record RequestLimits(int inFlightMax, Duration waitMax, Duration arrivalMax) {
    public static final RequestLimits DEFAULT = new RequestLimits(2_000, Duration.ofSeconds(1), Duration.ofSeconds(10));

    /** Requests one connection may have sent ahead of their answers; one more closes it. */
    static final int PIPELINED_MAX = 16;
    /** Method, path and query. */
    static final int LINE_BYTES_MAX = 2 * 1024;
    /** All headers together. */
    static final int HEADER_BYTES_MAX = 8 * 1024;

    static final int BODY_BYTES_MAX = 4 * 1024;
    /** Answers one connection may leave unread; one more request closes it. */
    static final int UNREAD_BYTES_MAX = 64 * 1024;

    public RequestLimits withInFlightMax(int max) {
        return new RequestLimits(max, waitMax, arrivalMax);
    }

    public RequestLimits withWaitMax(Duration max) {
        return new RequestLimits(inFlightMax, max, arrivalMax);
    }

    RequestLimits withArrivalMax(Duration max) {
        return new RequestLimits(inFlightMax, waitMax, max);
    }
}
