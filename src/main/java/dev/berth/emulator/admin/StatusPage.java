package dev.berth.emulator.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A page for people: what the admin API tells, drawn by a browser. Nothing of it comes from elsewhere. */
final class StatusPage {
    /** It may load and call its own origin, and nothing else may frame it. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, AdminAnswer> files = new HashMap<>();

    StatusPage() {
        files.put("/", file("status.html", "text/html; charset=utf-8"));
        files.put("/status.css", file("status.css", "text/css; charset=utf-8"));
        files.put("/status.js", file("status.js", "text/javascript; charset=utf-8"));
        files.put("/status.svg", file("status.svg", "image/svg+xml"));
    }

    @Nullable
    AdminAnswer find(String path) {
        return files.get(path);
    }

    private static AdminAnswer file(String name, String contentType) {
        try (var file = Objects.requireNonNull(StatusPage.class.getResourceAsStream(name), name)) {
            return new AdminAnswer(200, contentType, file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
