package dev.berth.emulator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Collects one request's body within a size and a time, and then calls exactly one of its two continuations. */
final class BodyReader {
    /** DPS's message size. */
    static final int BODY_BYTES_MAX = 96 * 1024;

    static final long BODY_MILLIS_MAX = 10_000;

    private final Vertx vertx;
    private final Consumer<byte[]> whole;
    private final Consumer<DpsError> broken;
    private final Buffer body = Buffer.buffer();
    private boolean done;
    private long timer;

    private BodyReader(Vertx vertx, Consumer<byte[]> whole, Consumer<DpsError> broken) {
        this.vertx = vertx;
        this.whole = whole;
        this.broken = broken;
    }

    static void read(Vertx vertx, HttpServerRequest request, Consumer<byte[]> whole, Consumer<DpsError> broken) {
        new BodyReader(vertx, whole, broken).start(request);
    }

    private void start(HttpServerRequest request) {
        if (announced(request) > BODY_BYTES_MAX) {
            fail(DpsError.BODY_TOO_LARGE);
            return;
        }
        timer = vertx.setTimer(BODY_MILLIS_MAX, id -> fail(DpsError.REQUEST_TIMEOUT));
        request.handler(this::add).endHandler(end -> complete()).exceptionHandler(gone -> finish());
    }

    private static long announced(HttpServerRequest request) {
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
        if (body.length() + part.length() > BODY_BYTES_MAX) {
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
            broken.accept(error);
        }
    }

    private boolean finish() {
        boolean first = !done;
        done = true;
        vertx.cancelTimer(timer);
        return first;
    }
}
