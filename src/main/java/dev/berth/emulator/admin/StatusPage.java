package dev.berth.emulator.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** A page for people: what the admin API tells, drawn by a browser. Nothing of it comes from elsewhere. */
final class StatusPage {
    /** It may load from and call its own origin, and nothing may frame it. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, File> files = Map.of(
            "/", file("status.html", "text/html; charset=utf-8"),
            "/status.css", file("status.css", "text/css; charset=utf-8"),
            "/status.js", file("status.js", "text/javascript; charset=utf-8"),
            "/status.svg", file("status.svg", "image/svg+xml"));

    private record File(String contentType, Buffer body) {}

    /** Answers a request for one of its files; false for any other. */
    boolean serve(HttpServerRequest request) {
        var file = files.get(request.path());
        if (file == null
                || !request.method().equals(HttpMethod.GET)
                || BrowserGuard.refusal(request).isPresent()) {
            return false;
        }
        guard(request.response())
                .putHeader(HttpHeaders.CONTENT_TYPE, file.contentType())
                .end(file.body());
        return true;
    }

    /** What keeps browsers from making more of an answer than it is. */
    static HttpServerResponse guard(HttpServerResponse response) {
        return response.putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static File file(String name, String contentType) {
        try (var file = Objects.requireNonNull(StatusPage.class.getResourceAsStream(name), name)) {
            return new File(contentType, Buffer.buffer(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
