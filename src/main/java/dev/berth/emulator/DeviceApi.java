package dev.berth.emulator;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLPeerUnverifiedException;

/** The device API over HTTPS. It runs on event loops: nothing behind it waits. */
final class DeviceApi implements Handler<HttpServerRequest> {
    private static final Logger LOG = System.getLogger(DeviceApi.class.getName());
    private static final String JSON = "application/json; charset=utf-8";

    private final Vertx vertx;
    private final BodyReader.Limits limits;
    private final Instances instances;
    private final Ticker ticker;

    DeviceApi(Vertx vertx, BodyReader.Limits limits, Instances instances, Ticker ticker) {
        this.vertx = vertx;
        this.limits = limits;
        this.instances = instances;
        this.ticker = ticker;
    }

    @Override
    public void handle(HttpServerRequest request) {
        BodyReader.read(vertx, limits, request, body -> reply(request, outcome(request, body)), error -> {
            reply(request, new Outcome.Refused(error));
        });
    }

    private Outcome outcome(HttpServerRequest request, byte[] body) {
        try {
            return answer(request, body);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "device request failed", e);
            return new Outcome.Refused(DpsError.INTERNAL);
        }
    }

    private Outcome answer(HttpServerRequest request, byte[] body) {
        return switch (DeviceRoute.of(request.method(), request.path())) {
            case DeviceRoute.Unknown unknown -> new Outcome.Refused(DpsError.NOT_FOUND);
            case DeviceRoute.OtherMethod other -> {
                request.response().putHeader(HttpHeaders.ALLOW, other.allow());
                yield new Outcome.Refused(DpsError.METHOD_NOT_ALLOWED);
            }
            case DeviceRoute.ForDevice route -> {
                var error = RequestCheck.error(request, route, body);
                yield error.isPresent() ? new Outcome.Refused(error.get()) : answer(request, route);
            }
        };
    }

    private Outcome answer(HttpServerRequest request, DeviceRoute.ForDevice route) {
        var chain = chain(request);
        if (chain.isEmpty()) {
            return new Outcome.Refused(DpsError.UNAUTHORIZED);
        }
        var instance = instances.find(route.idScope());
        if (instance == null) {
            return new Outcome.Refused(DpsError.NOT_FOUND);
        }
        return switch (route) {
            case DeviceRoute.Register register -> instance.register(register.registrationId(), chain.get());
            case DeviceRoute.OperationStatus(var scope, var id, var operation) ->
                instance.poll(id, operation, chain.get());
            case DeviceRoute.StatusLookup lookup -> instance.lookUp(lookup.registrationId(), chain.get());
        };
    }

    private static Optional<DeviceChain> chain(HttpServerRequest request) {
        try {
            return Optional.of(DeviceChain.of(Arrays.stream(request.sslSession().getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList()));
        } catch (SSLPeerUnverifiedException noCertificate) {
            return Optional.empty();
        }
    }

    private void reply(HttpServerRequest request, Outcome outcome) {
        var response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(DpsJson.status(outcome))
                .setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .putHeader("x-ms-request-id", UUID.randomUUID().toString());
        switch (outcome) {
            case Outcome.Assigning assigning -> {
                retryAfter(response, assigning.retryAfterSeconds());
                response.putHeader(HttpHeaders.LOCATION, registerUrl(request));
            }
            case Outcome.Throttled throttled -> {
                errorCode(response, DpsError.THROTTLED);
                retryAfter(response, throttled.retryAfterSeconds());
            }
            case Outcome.Refused refused -> errorCode(response, refused.error());
            case Outcome.Assigned assigned -> {}
            case Outcome.Found found -> {}
            case Outcome.Disabled disabled -> {}
        }
        response.end(Buffer.buffer(Json.write(DpsJson.body(outcome, ticker.now()))));
    }

    private static void retryAfter(HttpServerResponse response, int seconds) {
        response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
    }

    private static void errorCode(HttpServerResponse response, DpsError error) {
        response.putHeader("x-ms-error-code", Integer.toString(error.code));
    }

    /** DPS points at the register URL, not at the operation: clients build that one themselves. */
    private static String registerUrl(HttpServerRequest request) {
        var parts = request.path().split("/", -1);
        return "https://" + request.getHeader(HttpHeaders.HOST) + '/' + parts[1] + "/registrations/" + parts[3]
                + "/register";
    }
}
