package dev.berth.emulator.admin;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps web pages out. The admin API asks for no credentials because only programs of this machine reach it, but a browser
 * of this machine runs programs of others: a page whose name suddenly points at loopback (DNS rebinding) sends that name as
 * host, and one that writes across origins sends its own.
 */
final class BrowserGuard {
    private static final Pattern LOOPBACK =
            Pattern.compile("(?:127\\.0\\.0\\.1|localhost|\\[::1])(?::\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    private BrowserGuard() {}

    /** Why a request is not let in. */
    static Optional<String> refusal(HttpServerRequest request) {
        var host = request.getHeader("Host");
        if (host == null || !LOOPBACK.matcher(host).matches()) {
            return Optional.of("The host is not 127.0.0.1 or localhost");
        }
        var origin = request.getHeader("Origin");
        if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
            return Optional.of("Pages of other origins are not served");
        }
        return Optional.empty();
    }
}
