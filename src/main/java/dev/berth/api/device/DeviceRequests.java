package dev.berth.api.device;

import dev.berth.api.contract.Operation;
import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemException;
import dev.berth.api.problem.ProblemType;
import dev.berth.api.problem.Violation;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sorts requests on the event loop, lets virtual threads work on them, and writes the answers on the event loop again. */
final class DeviceRequests {
    private static final Reply OVERLOADED =
            new Reply.Refusal(Problem.of(ProblemType.OVERLOADED).retryAfter(Duration.ofSeconds(2)));

    private final Operation askIdScope;
    private final DeviceApi api;
    private final RequestLimits limits;
    private final DeviceObserver observer;
    private final TlsEngine engine;
    private final DoorKeeper door;
    private final Executor threads;
    private final AccessLog log;
    private final Semaphore places;

    DeviceRequests(
            Operation askIdScope,
            DeviceApi api,
            RequestLimits limits,
            DeviceObserver observer,
            TlsEngine engine,
            DoorKeeper door,
            Executor threads,
            AccessLog log) {
        this.log = log;
        this.askIdScope = askIdScope;
        this.api = api;
        this.limits = limits;
        this.observer = observer;
        this.engine = engine;
        this.door = door;
        this.threads = threads;
        this.places = new Semaphore(limits.inFlightMax());
    }

    /** How many requests are in work. */
    int inFlight() {
        return limits.inFlightMax() - places.availablePermits();
    }

    /** A request whose headers have arrived. */
    void accept(Exchange exchange) {
        var path = exchange.request().path();
        var route = path == null ? Optional.<DeviceRoute>empty() : DeviceRoute.at(path);
        route.ifPresentOrElse(at -> accept(exchange, at), () -> refuse(exchange, Problem.of(ProblemType.NOT_FOUND)));
    }

    /** A request that is no HTTP, or more of it than there may be. */
    void acceptInvalid(Exchange exchange) {
        refuse(
                exchange,
                Problem.of(
                        switch (exchange.request().decoderResult().cause()) {
                            case TooLongHttpLineException _ -> ProblemType.URI_TOO_LONG;
                            case TooLongHttpHeaderException _ -> ProblemType.HEADERS_TOO_LARGE;
                            case null, default -> ProblemType.MALFORMED;
                        }));
    }

    private void accept(Exchange exchange, DeviceRoute route) {
        if (!exchange.request().method().name().equals(route.method())) {
            finish(
                    exchange,
                    new Reply.Refusal(Problem.of(ProblemType.METHOD_NOT_ALLOWED), Map.of("Allow", route.allow())));
        } else if (!accepts(exchange.request().getHeader("Accept"), route)) {
            refuse(exchange, Problem.of(ProblemType.NOT_ACCEPTABLE, "The answer is " + route.mediaType() + "."));
        } else if (route == DeviceRoute.PROBLEMS) {
            work(exchange, new DeviceCall.ReadProblems());
        } else if (exchange.shown().certificates().isEmpty()) {
            refuse(exchange, certificateMissing());
        } else if (route == DeviceRoute.ID_SCOPE) {
            askIdScope(exchange);
        } else {
            reportResult(exchange);
        }
    }

    /** Preferences among types do not matter: there is one. */
    private static boolean accepts(@Nullable String accept, DeviceRoute route) {
        return accept == null
                || Stream.of(accept.split(",", -1))
                        .map(range -> range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                        .anyMatch(range -> range.equals("*/*")
                                || range.equals(route.mediaType())
                                || (range.endsWith("/*")
                                        && route.mediaType().startsWith(range.substring(0, range.length() - 1))));
    }

    private Problem certificateMissing() {
        return Problem.of(
                ProblemType.CERTIFICATE_MISSING,
                engine == TlsEngine.BORINGSSL
                        ? "If the device did send one: this listener runs BoringSSL, and " + engine.leaves() + "."
                        : "The device has to present its certificate in the TLS handshake.");
    }

    private void askIdScope(Exchange exchange) {
        try {
            var query = query(exchange);
            askIdScope.checkParameters(Map.of(Violation.Part.QUERY, query));
            work(exchange, new DeviceCall.AskIdScope(List.of("true").equals(query.get("register"))));
        } catch (ProblemException e) {
            refuse(exchange, e.problem());
        }
    }

    private static Map<String, List<String>> query(Exchange exchange) {
        try {
            var query = new HashMap<String, List<String>>();
            exchange.request()
                    .params()
                    .forEach(each -> query.computeIfAbsent(each.getKey(), _ -> new ArrayList<>())
                            .add(each.getValue()));
            return query;
        } catch (IllegalArgumentException _) {
            throw new ProblemException(Problem.of(ProblemType.MALFORMED, "The query cannot be decoded."));
        }
    }

    private void reportResult(Exchange exchange) {
        if (!isJson(exchange.request().getHeader("Content-Type"))) {
            refuse(exchange, Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "The result is sent as application/json."));
            return;
        }
        new BodyReader(RequestLimits.BODY_BYTES_MAX)
                .read(
                        exchange.request(),
                        body -> work(exchange, new DeviceCall.ReportResult(body)),
                        () -> refuse(
                                exchange,
                                Problem.of(
                                        ProblemType.CONTENT_TOO_LARGE,
                                        "At most %d bytes.".formatted(RequestLimits.BODY_BYTES_MAX))));
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null && contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }

    private void work(Exchange exchange, DeviceCall call) {
        if (!places.tryAcquire()) {
            finish(exchange, OVERLOADED);
            return;
        }
        var loop = Vertx.currentContext();
        long began = System.nanoTime();
        try {
            threads.execute(() -> work(exchange, call, began, loop));
        } catch (RejectedExecutionException stopped) {
            // It came behind another on a connection that is being cut.
            places.release();
            exchange.cut();
        }
    }

    private void work(Exchange exchange, DeviceCall call, long began, Context loop) {
        var reply = reply(exchange, call, began);
        loop.runOnContext(_ -> exchange.write(reply, door.closing()));
    }

    /** Its place is free again before the device can know the answer, and ask on. */
    private Reply reply(Exchange exchange, DeviceCall call, long began) {
        LogContext.request(exchange.id());
        try {
            var reply = late(began) ? OVERLOADED : api.answer(call, exchange.shown());
            note(exchange, reply);
            return reply;
        } finally {
            LogContext.clear();
            places.release();
        }
    }

    /** Whoever waited this long for a thread may have given up, and those behind it wait, too. */
    private boolean late(long began) {
        return System.nanoTime() - began > limits.waitMax().toNanos();
    }

    private void refuse(Exchange exchange, Problem problem) {
        finish(exchange, new Reply.Refusal(problem));
    }

    private void finish(Exchange exchange, Reply reply) {
        LogContext.request(exchange.id());
        note(exchange, reply);
        LogContext.clear();
        exchange.write(reply, door.closing());
    }

    private void note(Exchange exchange, Reply reply) {
        log.answered(exchange, reply);
        observer.answered(exchange.label(), reply.status(), reply.problem(), exchange.elapsed());
    }
}
