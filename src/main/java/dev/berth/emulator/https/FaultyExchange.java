package dev.berth.emulator.https;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.fault.Delay;
import dev.berth.emulator.fault.Disruption;
import dev.berth.emulator.fault.FaultPlan;
import dev.berth.emulator.fault.InjectedError;
import dev.berth.emulator.json.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One HTTP request and what is to go wrong with it; whoever answers it knows nothing of that. On its event loop. */
record FaultyExchange(Vertx vertx, HttpServerRequest request, FaultPlan plan) {
    /** Delays up to this leave the connection as it is; a longer one ends it, because its idleness is not watched any more. */
    private static final Duration PATIENCE = Duration.ofSeconds(HttpsListener.IDLE_SECONDS_MAX / 2);

    private static final byte[] NOTHING = {};

    /** The way in: continues with one of the two, or with none. */
    void arrive(Runnable served, Consumer<InjectedError> refused) {
        if (plan.delay().toMillis() == 0) {
            strike(served, refused);
            return;
        }
        if (plan.delay().compareTo(PATIENCE) > 0) {
            Connections.outlastIdleness(request.connection());
            request.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
        vertx.setTimer(plan.delay().toMillis(), timer -> strike(served, refused));
    }

    private void strike(Runnable served, Consumer<InjectedError> refused) {
        switch (plan.disruption()) {
            case Disruption.None none -> served.run();
            case Disruption.Spoilt spoilt -> served.run();
            case Disruption.ResetAfter reset -> served.run();
            case Disruption.ResetBefore reset -> Connections.reset(request.connection());
            case Disruption.Refusal(var error) -> refused.accept(error);
            case Disruption.Silence(var until) -> {
                Connections.outlastIdleness(request.connection());
                vertx.setTimer(Math.max(1, until.toMillis()), timer -> Connections.reset(request.connection()));
            }
        }
    }

    /** The way out, with an answer of which all but the body is set; null for one that has none. */
    void depart(@Nullable JsonNode body) {
        switch (plan.disruption()) {
            case Disruption.ResetAfter reset -> Connections.reset(request.connection());
            case Disruption.Spoilt(var how) -> send(body == null ? NOTHING : how.spoil(body));
            case Disruption.None none -> send(body == null ? NOTHING : Json.write(body));
            case Disruption.Refusal refusal -> send(body == null ? NOTHING : Json.write(body));
            case Disruption.ResetBefore reset -> throw new IllegalStateException("nobody was asked");
            case Disruption.Silence silence -> throw new IllegalStateException("nobody was asked");
        }
    }

    private void send(byte[] body) {
        if (plan.perByte().isZero() || body.length == 0) {
            request.response().end(Buffer.buffer(body));
        } else {
            request.response().setChunked(true);
            vertx.setTimer(Delay.MAX.toMillis(), timer -> cutOff());
            drip(body, 0);
        }
    }

    private void drip(byte[] body, int next) {
        vertx.setTimer(plan.perByte().toMillis(), timer -> {
            var response = request.response();
            if (response.closed() || response.ended()) {
                return;
            }
            if (next == body.length) {
                response.end();
            } else {
                response.write(Buffer.buffer(new byte[] {body[next]}));
                drip(body, next + 1);
            }
        });
    }

    private void cutOff() {
        if (!request.response().ended()) {
            Connections.reset(request.connection());
        }
    }
}
