package dev.berth.emulator.https;

import dev.berth.emulator.device.DeviceApi;
import dev.berth.emulator.device.DeviceCall;
import dev.berth.emulator.device.DeviceRequest;
import dev.berth.emulator.device.DpsJson;
import dev.berth.emulator.enrollment.Evidence;
import dev.berth.emulator.fault.FaultPlan;
import dev.berth.emulator.instance.Outcome;
import dev.berth.emulator.protocol.ApiVersion;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.Ticker;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.UUID;

/** The device API over HTTPS. */
public final class DeviceHandler implements Handler<HttpServerRequest> {
    private static final String JSON = "application/json; charset=utf-8";

    private final Vertx vertx;
    private final BodyReader.Limits limits;
    private final DeviceApi api;
    private final Ticker ticker;

    public DeviceHandler(Vertx vertx, BodyReader.Limits limits, DeviceApi api, Ticker ticker) {
        this.vertx = vertx;
        this.limits = limits;
        this.api = api;
        this.ticker = ticker;
    }

    @Override
    public void handle(HttpServerRequest request) {
        BodyReader.read(vertx, limits, request, body -> route(request, body), error -> refuse(request, error));
    }

    private void route(HttpServerRequest request, byte[] body) {
        switch (DeviceRoute.of(request.method(), request.path())) {
            case DeviceRoute.Unknown unknown -> refuse(request, DpsError.NOT_FOUND);
            case DeviceRoute.OtherMethod other -> {
                request.response().putHeader(HttpHeaders.ALLOW, other.allow());
                refuse(request, DpsError.METHOD_NOT_ALLOWED);
            }
            case DeviceRoute.Found(var call) -> serve(request, deviceRequest(request, call, body));
        }
    }

    private void serve(HttpServerRequest request, DeviceRequest asked) {
        var exchange = new FaultyExchange(vertx, request, api.plan(asked.call()));
        exchange.arrive(
                () -> reply(exchange, api.answer(asked)), error -> reply(exchange, new Outcome.Injected(error)));
    }

    private static DeviceRequest deviceRequest(HttpServerRequest request, DeviceCall call, byte[] body) {
        return new DeviceRequest(
                call,
                ApiVersionParameter.of(request),
                request.getHeader(HttpHeaders.CONTENT_TYPE),
                body,
                evidence(request));
    }

    private void refuse(HttpServerRequest request, DpsError error) {
        reply(new FaultyExchange(vertx, request, FaultPlan.NONE), new Outcome.Refused(error));
    }

    private static Evidence evidence(HttpServerRequest request) {
        return new Evidence(
                PeerChain.of(request.sslSession()), Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION)));
    }

    private void reply(FaultyExchange exchange, Outcome outcome) {
        var request = exchange.request();
        var response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(outcome.status())
                .setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .putHeader("x-ms-request-id", UUID.randomUUID().toString());
        switch (outcome) {
            case Outcome.Assigning assigning -> {
                retryAfter(response, Integer.toString(assigning.retryAfterSeconds()));
                response.putHeader(HttpHeaders.LOCATION, registerUrl(request));
            }
            case Outcome.Throttled throttled -> {
                errorCode(response, DpsError.THROTTLED.code);
                retryAfter(response, Integer.toString(throttled.retryAfterSeconds()));
            }
            case Outcome.Refused refused -> errorCode(response, refused.error().code);
            case Outcome.Injected(var error) -> {
                errorCode(response, error.code());
                error.retryAfter().header(ticker.now()).ifPresent(value -> retryAfter(response, value));
            }
            case Outcome.Challenged challenged -> errorCode(response, DpsError.UNAUTHORIZED.code);
            case Outcome.Done done -> {}
            case Outcome.Found found -> {}
            case Outcome.Disabled disabled -> {}
        }
        exchange.depart(DpsJson.body(outcome, ApiVersion.of(ApiVersionParameter.of(request)), ticker.now()));
    }

    private static void retryAfter(HttpServerResponse response, String when) {
        response.putHeader(HttpHeaders.RETRY_AFTER, when);
    }

    private static void errorCode(HttpServerResponse response, int code) {
        response.putHeader("x-ms-error-code", Integer.toString(code));
    }

    /** DPS points at the register URL, not at the operation: clients build that one themselves. */
    private static String registerUrl(HttpServerRequest request) {
        var parts = request.path().split("/", -1);
        return "https://" + request.getHeader(HttpHeaders.HOST) + '/' + parts[1] + "/registrations/" + parts[3]
                + "/register";
    }
}
