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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Stands between the client and the local server, and does to requests for items what that server never does. */
public final class FaultProxy implements AutoCloseable {
    private static final Set<String> NOT_FORWARDED =
            Set.of("connection", "content-length", "host", "transfer-encoding", "keep-alive", "expect", "upgrade");

    private final HttpServer server;
    private final URI target;
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger troubled = new AtomicInteger();
    private volatile Function<Request, Trouble> troubles = _ -> new Trouble.None();

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

    private FaultProxy(HttpServer server, URI target) {
        this.server = server;
        this.target = target;
    }

    public static FaultProxy before(URI target) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var proxy = new FaultProxy(server, target);
            server.createContext("/", proxy::handle);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                case Trouble.None() -> answer(exchange, forward(exchange, body));
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
        return troubles.apply(new Request(exchange.getRequestMethod(), path, query));
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
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

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        var length = answer.body().length;
        exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
        if (length > 0) {
            exchange.getResponseBody().write(answer.body());
        }
    }
}
