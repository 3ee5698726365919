package dev.berth.api.admin;

import dev.berth.api.contract.StrictJson;
import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemType;
import dev.berth.api.problem.Problems;
import dev.berth.api.problem.RequestId;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What happens to every request of the admin listener before it is routed: it gets its ID, and is read whole, within bounds of
 * size, time and number. So nothing behind it waits for a client.
 */
@ApplicationScoped
class AdminListener {
    private static final Logger LOG = Logger.getLogger(AdminListener.class);
    private static final String REQUEST_ID = "berth.requestId";

    private final Vertx vertx;
    private final Duration requestWaitMax;
    private final int requestsInFlightMax;
    private final AtomicInteger requestsInFlight = new AtomicInteger();
    private final AdminLog log = new AdminLog();

    AdminListener(
            Vertx vertx,
            @ConfigProperty(name = "berth.admin.request-wait-max", defaultValue = "PT10S") Duration requestWaitMax,
            @ConfigProperty(name = "berth.admin.requests-in-flight-max", defaultValue = "500")
                    int requestsInFlightMax) {
        this.vertx = vertx;
        this.requestWaitMax = requestWaitMax;
        this.requestsInFlightMax = requestsInFlightMax;
    }

    void listen(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::receive).failureHandler(this::fail);
    }

    static RequestId requestId(RoutingContext route) {
        RequestId known = route.get(REQUEST_ID);
        return known == null ? RequestId.fresh(ThreadLocalRandom.current()) : known;
    }

    private void receive(RoutingContext route) {
        var id = RequestId.of(route.request()::getHeader, ThreadLocalRandom.current());
        route.put(REQUEST_ID, id);
        long startNanos = System.nanoTime();
        AdminLog.request(id);
        route.addHeadersEndHandler(end -> {
            route.response().putHeader(RequestId.HEADER, id.value());
            log.answered(route.response().getStatusCode(), startNanos);
        });
        route.addEndHandler(ended -> requestsInFlight.decrementAndGet());
        if (requestsInFlight.incrementAndGet() > requestsInFlightMax) {
            answer(route, Problem.of(ProblemType.OVERLOADED));
        } else if (!isReadable(route)) {
            answer(route, Problem.of(ProblemType.MALFORMED, "The address is not properly percent-encoded."));
        } else {
            readBody(route);
        }
    }

    /** Collects the body; what comes after it became too large, or too slow, is dropped. */
    private void readBody(RoutingContext route) {
        var request = route.request();
        var body = Buffer.buffer();
        var time = ArrivalTime.begin(vertx, requestWaitMax, () -> giveUp(route));
        request.handler(chunk -> {
            if (!route.response().ended() && body.length() + chunk.length() > StrictJson.BYTES_MAX) {
                answer(route, StrictJson.tooLarge().problem());
            } else if (!route.response().ended()) {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(broken -> time.end());
        request.endHandler(end -> {
            time.end();
            if (!route.response().ended()) {
                ((RoutingContextInternal) route).setBody(body);
                route.next();
            }
        });
    }

    private static void giveUp(RoutingContext route) {
        if (!route.response().ended()) {
            route.response().putHeader(HttpHeaders.CONNECTION, "close");
            answer(route, Problem.of(ProblemType.REQUEST_TIMEOUT));
        }
        route.request().connection().close();
    }

    private void fail(RoutingContext route) {
        var failure = route.failure();
        var problem = problem(route, failure);
        if (problem.type() == ProblemType.INTERNAL) {
            LOG.errorf(failure, "request failed requestId=%s", requestId(route));
        }
        answer(route, problem);
    }

    private static Problem problem(RoutingContext route, @Nullable Throwable failure) {
        if (route.get(REQUEST_ID) == null) {
            return Problem.of(
                    ProblemType.MALFORMED, "The request could not be routed: its address or its Host is wrong.");
        }
        return failure == null || failure instanceof HttpException
                ? HttpProblem.of(route.statusCode())
                : Problems.of(failure);
    }

    private static void answer(RoutingContext route, Problem problem) {
        var response = route.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        var id = requestId(route);
        AdminLog.problem(problem.type());
        problem.headers(id).forEach(response::putHeader);
        response.setStatusCode(problem.status()).end(Buffer.buffer(problem.toJson(id)));
    }

    private static boolean isReadable(RoutingContext route) {
        try {
            return route.request().path() != null
                    && !QueryStringDecoder.decodeComponent(route.request().path())
                            .isEmpty()
                    && route.request().params() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
