package dev.berth.emulator.https;

import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.Ticker;
import dev.berth.emulator.service.ServiceAnswer;
import dev.berth.emulator.service.ServiceApi;
import dev.berth.emulator.service.ServiceRequest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** The service API over HTTPS. */
final class ServiceHandler {
    private final Vertx vertx;
    private final BodyReader.Limits limits;
    private final ServiceApi api;
    private final Ticker ticker;

    ServiceHandler(Vertx vertx, BodyReader.Limits limits, Ticker ticker) {
        this.vertx = vertx;
        this.limits = limits;
        this.api = new ServiceApi(ticker);
        this.ticker = ticker;
    }

    /**
     * Answers one request.
     *
     * @param ownPort whether the listener is that instance's alone, so that its port names it too
     */
    void handle(HttpServerRequest request, EmulatedInstance instance, boolean ownPort) {
        var bytesMax = instance.config().quotas().caps().messageBytesMax();
        BodyReader.read(
                vertx,
                limits.withBytesMax(bytesMax),
                request,
                body -> reply(request, api.answer(instance, read(request, hosts(request, instance, ownPort), body))),
                error -> reply(request, refused(error)));
    }

    private ServiceAnswer refused(DpsError error) {
        return ServiceAnswer.error(error, "", ticker.now());
    }

    private static Set<String> hosts(HttpServerRequest request, EmulatedInstance instance, boolean ownPort) {
        var hosts = new HashSet<String>();
        var name = instance.config().hostName().toLowerCase(Locale.ROOT);
        hosts.add(name);
        hosts.add(name + ":443");
        if (ownPort) {
            hosts.add("localhost:" + request.localAddress().port());
        }
        return hosts;
    }

    private static ServiceRequest read(HttpServerRequest request, Set<String> hosts, byte[] body) {
        return new ServiceRequest(
                request.method().name(),
                request.path(),
                ApiVersionParameter.of(request),
                hosts,
                new ServiceRequest.Headers(
                        request.getHeader(HttpHeaders.AUTHORIZATION),
                        request.getHeader(HttpHeaders.CONTENT_TYPE),
                        request.getHeader(HttpHeaders.IF_MATCH),
                        request.getHeader("x-ms-max-item-count"),
                        request.getHeader("x-ms-continuation")),
                body);
    }

    private static void reply(HttpServerRequest request, ServiceAnswer answer) {
        var response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(answer.status())
                .putHeader("x-ms-request-id", UUID.randomUUID().toString());
        answer.headers().forEach(response::putHeader);
        if (answer.body() == null) {
            response.end();
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
                    .end(Buffer.buffer(Json.write(answer.body())));
        }
    }
}
