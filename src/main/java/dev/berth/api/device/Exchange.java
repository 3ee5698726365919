package dev.berth.api.device;

import dev.berth.api.problem.RequestId;
import dev.berth.identity.PresentedChain;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** One request, and the way its answer goes back. */
final class Exchange {
    private final HttpServerRequest request;
    private final PresentedChain shown;
    private final RequestId id;
    private final long startNanos = System.nanoTime();

    Exchange(HttpServerRequest request, PresentedChain shown, RandomGenerator random) {
        this.request = request;
        this.shown = shown;
        this.id = RequestId.of(request::getHeader, random);
    }

    HttpServerRequest request() {
        return request;
    }

    /** What the device presented when it connected. */
    PresentedChain shown() {
        return shown;
    }

    RequestId id() {
        return id;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** The bounded label of this request in metrics and logs: the route, never what the caller wrote. */
    String label() {
        return request.path() == null
                ? DeviceRoute.NONE
                : DeviceRoute.at(request.path()).map(DeviceRoute::path).orElse(DeviceRoute.NONE);
    }

    /** Ends the connection without an answer. */
    void cut() {
        request.connection().close();
    }

    /** Writes the answer; on the event loop. A device that has hung up meanwhile is not waited for. */
    void write(Reply reply, boolean last) {
        var response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(reply.status());
        reply.headers(id).forEach(response::putHeader);
        if (last) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        var body = reply.body(id);
        var written = body.length == 0 ? response.end() : response.end(Buffer.buffer(body));
        if (last) {
            written.onComplete(_ -> cut());
        }
    }
}
