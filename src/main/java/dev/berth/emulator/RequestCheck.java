package dev.berth.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with a request before anybody asks who sent it. */
final class RequestCheck {
    /** All that any SDK sends and any document names. */
    static final Set<String> API_VERSIONS = Set.of(
            "2017-08-31-preview",
            "2017-11-15",
            "2018-04-01",
            "2018-09-01-preview",
            "2018-11-01",
            "2019-01-15",
            "2019-03-31",
            "2021-06-01",
            "2021-10-01",
            "2025-07-01-preview",
            "2026-04-01",
            "2026-11-01",
            "2026-11-02-preview");

    private RequestCheck() {}

    static Optional<DpsError> error(HttpServerRequest request, DeviceRoute.ForDevice route, byte[] body) {
        if (!API_VERSIONS.contains(apiVersion(request).toLowerCase(Locale.ROOT))) {
            return Optional.of(DpsError.UNSUPPORTED_API_VERSION);
        }
        if (!RegistrationIds.valid(route.registrationId())) {
            return Optional.of(DpsError.INVALID_REGISTRATION_ID);
        }
        return switch (route) {
            // An empty one is fine, as devices of azure-sdk-for-c send it.
            case DeviceRoute.Register register -> body.length == 0 ? Optional.empty() : bodyError(request, route, body);
            // Node polls with {}, azure-iot-sdk-c with the register body: it is not looked at.
            case DeviceRoute.OperationStatus status -> Optional.empty();
            case DeviceRoute.StatusLookup lookup ->
                body.length == 0 ? Optional.of(DpsError.MISSING_BODY) : bodyError(request, route, body);
        };
    }

    private static String apiVersion(HttpServerRequest request) {
        try {
            var version = request.getParam("api-version");
            return version == null ? "" : version;
        } catch (IllegalArgumentException brokenEscape) {
            return "";
        }
    }

    private static Optional<DpsError> bodyError(HttpServerRequest request, DeviceRoute.ForDevice route, byte[] body) {
        if (!json(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            return Optional.of(DpsError.UNSUPPORTED_MEDIA_TYPE);
        }
        var json = Json.read(body).filter(JsonNode::isObject);
        if (json.isEmpty()) {
            return Optional.of(DpsError.MALFORMED_JSON);
        }
        if (route instanceof DeviceRoute.StatusLookup && json.get().hasNonNull("csr")) {
            return Optional.of(DpsError.CSR_NOT_ALLOWED);
        }
        var named = json.get().path("registrationId");
        boolean other = !named.isMissingNode() && !route.registrationId().equalsIgnoreCase(named.textValue());
        return other ? Optional.of(DpsError.OTHER_REGISTRATION_ID) : Optional.empty();
    }

    private static boolean json(@Nullable String mediaType) {
        return mediaType == null
                || mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }
}
