package dev.berth.api.device;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/**
 * Collects the body of one request up to a limit. What goes beyond is read and dropped, so that the device can read its answer, until
 * the request has to have arrived.
 */
final class BodyReader {
    private final int bytesMax;
    private final Buffer body = Buffer.buffer();
    private boolean tooLarge;

    BodyReader(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Calls one of the two, once; neither if the device hangs up before. */
    void read(HttpServerRequest request, Consumer<byte[]> whenWhole, Runnable whenTooLarge) {
        if (declaredLength(request) > bytesMax) {
            whenTooLarge.run();
            return;
        }
        request.handler(chunk -> append(chunk, whenTooLarge));
        request.endHandler(_ -> {
            if (!tooLarge) {
                whenWhole.accept(body.getBytes());
            }
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
    }

    private void append(Buffer chunk, Runnable whenTooLarge) {
        if (tooLarge) {
            return;
        }
        if (body.length() + chunk.length() > bytesMax) {
            tooLarge = true;
            whenTooLarge.run();
        } else {
            body.appendBuffer(chunk);
        }
    }

    /** The length the headers announce; the decoder has refused what is no number. */
    private static long declaredLength(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length.strip());
    }
}
