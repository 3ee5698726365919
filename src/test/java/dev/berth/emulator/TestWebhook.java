package dev.berth.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.emulator.protocol.Pem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A custom-allocation webhook that behaves, or misbehaves, as a test asks; over HTTP and over TLS. */
public final class TestWebhook implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Consumer<HttpServerRequest> behaviour =
            request -> request.response().end();
    private int port;
    private int tlsPort;

    /** What it was asked. */
    public record Request(String query, String contentType, JsonNode body) {}

    private TestWebhook() {}

    public static TestWebhook start(TestPki.Entity server) throws IOException {
        var webhook = new TestWebhook();
        var chain = new StringBuilder();
        server.chain().forEach(certificate -> chain.append(Pem.of(certificate)));
        var keys = new PemKeyCertOptions()
                .addKeyValue(Buffer.buffer(
                        Pem.of("PRIVATE KEY", server.keys().getPrivate().getEncoded())))
                .addCertValue(Buffer.buffer(chain.toString()));
        webhook.port = webhook.listen(new HttpServerOptions());
        webhook.tlsPort = webhook.listen(new HttpServerOptions().setSsl(true).setKeyCertOptions(keys));
        return webhook;
    }

    private int listen(HttpServerOptions options) throws IOException {
        try {
            return vertx.createHttpServer(options)
                    .requestHandler(this::handle)
                    .listen(0, "127.0.0.1")
                    .map(HttpServer::actualPort)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private void handle(HttpServerRequest request) {
        request.bodyHandler(body -> {
            try {
                requests.add(new Request(
                        String.valueOf(request.query()),
                        request.getHeader("Content-Type"),
                        new ObjectMapper().readTree(body.getBytes())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            behaviour.accept(request);
        });
    }

    public void answers(int status, String body) {
        behaviour = request -> request.response()
                .setStatusCode(status)
                .putHeader("Location", "/elsewhere")
                .end(body);
    }

    public void hangs() {
        behaviour = request -> {};
    }

    public void drips() {
        behaviour = request -> {
            var response = request.response();
            response.setChunked(true).write("{");
            vertx.setPeriodic(20, id -> response.write(" ").onFailure(gone -> vertx.cancelTimer(id)));
        };
    }

    public void hangsUp() {
        behaviour = request -> request.connection().close();
    }

    public void breaksOff() {
        behaviour = request -> request.response()
                .putHeader("Content-Length", "100")
                .write("{\"iotHubHostName\": ")
                .onSuccess(written -> request.connection().close());
    }

    public String url(String path) {
        return "http://localhost:" + port + path;
    }

    public String tlsUrl(String path) {
        return "https://localhost:" + tlsPort + path;
    }

    public List<Request> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
