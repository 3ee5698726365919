package dev.berth.emulator.https;

import dev.berth.emulator.protocol.DpsError;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects one request's body within a size and a time, and then calls one of its two continuations, or none if the client
 * has gone. A request that is refused here is answered at once; its connection is closed a little later, because a client
 * that is still sending would otherwise lose the answer.
 */
public final class BodyReader {
    /**
     * How much a body may be, how long it may take, and how long the connection of a refused one stays open; once more as long
     * if the client does not read its answers.
     */
    public record Limits(int bytesMax, Duration timeMax, Duration linger) {
        /** DPS's message size. */
        public static final Limits DPS = new Limits(96 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(2));

        Limits withBytesMax(int other) {
            return new Limits(other, timeMax, linger);
        }
    }

    private final Vertx vertx;
    private final Limits limits;
    private final HttpServerRequest request;
    private final Consumer<byte[]> whole;
    private final Consumer<DpsError> broken;
    private final Buffer body = Buffer.buffer();
    private boolean done;
    private @Nullable ArrivalTime time;

    private BodyReader(
            Vertx vertx, Limits limits, HttpServerRequest request, Consumer<byte[]> whole, Consumer<DpsError> broken) {
        this.vertx = vertx;
        this.limits = limits;
        this.request = request;
        this.whole = whole;
        this.broken = broken;
    }

    public static void read(
            Vertx vertx, Limits limits, HttpServerRequest request, Consumer<byte[]> whole, Consumer<DpsError> broken) {
        new BodyReader(vertx, limits, request, whole, broken).start();
    }

    private void start() {
        if (announced() > limits.bytesMax()) {
            fail(DpsError.BODY_TOO_LARGE);
            return;
        }
        time = ArrivalTime.begin(vertx, limits.timeMax(), () -> fail(DpsError.REQUEST_TIMEOUT));
        request.handler(this::add).endHandler(end -> complete()).exceptionHandler(gone -> finish());
    }

    private long announced() {
        try {
            var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException tooLong) {
            return Long.MAX_VALUE;
        }
    }

    private void add(Buffer part) {
        if (done) {
            return;
        }
        if (body.length() + part.length() > limits.bytesMax()) {
            fail(DpsError.BODY_TOO_LARGE);
            return;
        }
        body.appendBuffer(part);
    }

    private void complete() {
        if (finish()) {
            whole.accept(body.getBytes());
        }
    }

    private void fail(DpsError error) {
        if (finish()) {
            request.response().putHeader(HttpHeaders.CONNECTION, "close");
            broken.accept(error);
            after(limits.linger(), () -> leave(request.connection()));
        }
    }

    /** Closing waits until all that was written has been read, which a client that reads nothing would hold up for ever. */
    private void leave(HttpConnection connection) {
        connection.close();
        after(limits.linger(), () -> Connections.reset(connection));
    }

    private void after(Duration delay, Runnable action) {
        vertx.setTimer(delay.toMillis(), id -> action.run());
    }

    private boolean finish() {
        boolean first = !done;
        done = true;
        if (time != null) {
            time.end();
        }
        return first;
    }
}
