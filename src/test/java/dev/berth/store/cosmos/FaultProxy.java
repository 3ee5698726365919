package dev.berth.store.cosmos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Stands between the client and the local server, and does to requests for items what that server never does. */
public final class FaultProxy implements AutoCloseable {
    private static final Set<String> NOT_FORWARDED =
            Set.of("connection", "content-length", "host", "transfer-encoding", "keep-alive", "expect", "upgrade");

    private final URI target;
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger troubled = new AtomicInteger();
    private final List<Request> seen = new CopyOnWriteArrayList<>();
    private volatile HttpServer server;
    private volatile Function<Request, Trouble> troubles = _ -> new Trouble.None();
    private volatile UnaryOperator<byte[]> description = UnaryOperator.identity();
    private volatile List<URI> madeAlsoAt = List.of();

    /** A request for an item or a query: only to these anything is done. */
    public record Request(String method, String path, boolean query) {
        public boolean isWrite() {
            return !query && !method.equals("GET");
        }
    }

    /** What happens to a request. */
    public sealed interface Trouble {
        record None() implements Trouble {}

        /** The server answers so, and does nothing. */
        record Answer(int status, Map<String, String> headers) implements Trouble {
            public static Answer of(int status) {
                return new Answer(status, Map.of());
            }

            public static Answer throttled(Duration retryAfter) {
                return new Answer(429, Map.of("x-ms-retry-after-ms", String.valueOf(retryAfter.toMillis())));
            }
        }

        /** It takes longer. */
        record Delay(Duration time) implements Trouble {}

        /** The connection ends before the server has seen the request. */
        record ResetBefore() implements Trouble {}

        /** The server does what was asked, and the connection ends before the answer. */
        record ResetAfter() implements Trouble {}
    }

    private FaultProxy(URI target) {
        this.target = target;
        this.server = listen(0);
    }

    public static FaultProxy before(URI target) {
        return new FaultProxy(target);
    }

    private HttpServer listen(int port) {
        try {
            var listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            listening.createContext("/", this::handle);
            listening.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            listening.start();
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nobody listens any more, and connections end. */
    public void goAway() {
        server.stop(0);
    }

    /** Under the same address. */
    public void comeBack() {
        server = listen(server.getAddress().getPort());
    }

    /** What the account says of itself becomes something else. */
    void describe(UnaryOperator<byte[]> description) {
        this.description = description;
    }

    /** Databases and containers that are made here are made there, too. */
    void makeAlsoAt(URI other) {
        madeAlsoAt = List.of(other);
    }

    /** All requests for items and all queries so far. */
    public List<Request> seen() {
        return List.copyOf(seen);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** From now on. */
    public void trouble(Function<Request, Trouble> choice) {
        troubles = choice;
    }

    /** The next request that is one of these. */
    void troubleOnce(Function<Request, Boolean> which, Trouble trouble) {
        var left = new AtomicInteger(1);
        trouble(request -> which.apply(request) && left.getAndDecrement() > 0 ? trouble : new Trouble.None());
    }

    /** How many requests something was done to. */
    int troubled() {
        return troubled.get();
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var trouble = trouble(exchange);
            if (!(trouble instanceof Trouble.None)) {
                troubled.incrementAndGet();
            }
            switch (trouble) {
                case Trouble.None() -> answer(exchange, forwardToAll(exchange, body));
                case Trouble.Answer(var status, var headers) -> {
                    headers.forEach(exchange.getResponseHeaders()::set);
                    exchange.sendResponseHeaders(status, -1);
                }
                case Trouble.Delay(var time) -> {
                    LockSupport.parkNanos(time.toNanos());
                    answer(exchange, forward(exchange, body));
                }
                case Trouble.ResetBefore() -> hangUp();
                case Trouble.ResetAfter() -> {
                    forward(exchange, body);
                    hangUp();
                }
            }
        }
    }

    /** The server closes the connection of a handler that throws before it answered. */
    private static void hangUp() throws IOException {
        throw new IOException("hung up");
    }

    private Trouble trouble(HttpExchange exchange) {
        var path = exchange.getRequestURI().getPath();
        var headers = exchange.getRequestHeaders();
        if (!path.contains("/docs") || headers.containsKey("x-ms-cosmos-is-query-plan-request")) {
            return new Trouble.None();
        }
        var query = "application/query+json".equals(headers.getFirst("Content-Type"));
        var request = new Request(exchange.getRequestMethod(), path, query);
        seen.add(request);
        return troubles.apply(request);
    }

    private HttpResponse<byte[]> forwardToAll(HttpExchange exchange, byte[] body) throws IOException {
        var isMaking = exchange.getRequestMethod().equals("POST")
                && exchange.getRequestURI().getPath().matches("/+dbs/*|/+dbs/[^/]+/colls/*");
        for (var other : isMaking ? madeAlsoAt : List.<URI>of()) {
            forward(exchange, other, body);
        }
        return forward(exchange, body);
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
        return forward(exchange, target, body);
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, URI target, byte[] body) throws IOException {
        var request = HttpRequest.newBuilder(
                        target.resolve(exchange.getRequestURI().toString().replaceFirst("^/+", "/")))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        var isDescription = exchange.getRequestMethod().equals("GET")
                && exchange.getRequestURI().getPath().matches("/*");
        var body = isDescription ? description.apply(answer.body()) : answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
