package dev.berth.emulator.https;

import io.vertx.core.http.HttpServerRequest;

/** The {@code api-version} of a query string. */
final class ApiVersionParameter {
    private ApiVersionParameter() {}

    /** As the client wrote it; empty if it did not, or not so that it can be read. */
    static String of(HttpServerRequest request) {
        try {
            var version = request.getParam("api-version");
            return version == null ? "" : version;
        } catch (IllegalArgumentException brokenEscape) {
            return "";
        }
    }
}
