package dev.berth.emulator.https;

import dev.berth.emulator.fault.FaultPlan;
import dev.berth.emulator.fault.FaultTarget;
import dev.berth.emulator.fault.InjectedError;
import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.ErrorBody;
import dev.berth.emulator.protocol.Ticker;
import dev.berth.emulator.service.ServiceAnswer;
import dev.berth.emulator.service.ServiceApi;
import dev.berth.emulator.service.ServiceRequest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
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
                body -> serve(request, instance, read(request, hosts(request, instance, ownPort), body)),
                error -> reply(new FaultyExchange(vertx, request, FaultPlan.NONE), refused(error)));
    }

    private void serve(HttpServerRequest request, EmulatedInstance instance, ServiceRequest asked) {
        var plan = instance.faults().plan(FaultTarget.SERVICE);
        var exchange = new FaultyExchange(vertx, request, plan);
        exchange.arrive(() -> reply(exchange, api.answer(instance, asked)), error -> reply(exchange, injected(error)));
    }

    private ServiceAnswer injected(InjectedError error) {
        var headers = new HashMap<String, String>();
        headers.put("x-ms-error-code", Integer.toString(error.code()));
        error.retryAfter().header(ticker.now()).ifPresent(value -> headers.put("Retry-After", value));
        return new ServiceAnswer(
                error.status(), Map.copyOf(headers), ErrorBody.of(error.code(), error.message(), ticker.now()));
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

    private static void reply(FaultyExchange exchange, ServiceAnswer answer) {
        var response = exchange.request().response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(answer.status())
                .putHeader("x-ms-request-id", UUID.randomUUID().toString());
        answer.headers().forEach(response::putHeader);
        if (answer.body() != null) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8");
        }
        exchange.depart(answer.body());
    }
}
