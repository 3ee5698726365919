package dev.berth.emulator.device;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.issuing.CertificateRequest;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.protocol.ApiVersion;
import dev.berth.emulator.protocol.ApiVersions;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.RegistrationIds;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wrong with a request before anybody asks who sent it. */
final class RequestCheck {
    private RequestCheck() {}

    static Optional<DpsError> error(DeviceRequest request) {
        if (!ApiVersions.known(request.apiVersion())) {
            return Optional.of(DpsError.UNSUPPORTED_API_VERSION);
        }
        if (!RegistrationIds.valid(request.call().registrationId())) {
            return Optional.of(DpsError.INVALID_REGISTRATION_ID);
        }
        boolean empty = request.body().length == 0;
        return switch (request.call()) {
            // An empty one is fine, as devices of azure-sdk-for-c send it.
            case DeviceCall.Register register -> empty ? Optional.empty() : bodyError(request);
            // Node polls with {}, azure-iot-sdk-c with the register body: it is not looked at.
            case DeviceCall.OperationStatus status -> Optional.empty();
            case DeviceCall.StatusLookup lookup -> empty ? Optional.of(DpsError.MISSING_BODY) : bodyError(request);
        };
    }

    private static Optional<DpsError> bodyError(DeviceRequest request) {
        if (!json(request.mediaType())) {
            return Optional.of(DpsError.UNSUPPORTED_MEDIA_TYPE);
        }
        var json = Json.read(request.body()).filter(JsonNode::isObject);
        if (json.isEmpty()) {
            return Optional.of(DpsError.MALFORMED_JSON);
        }
        if (request.call() instanceof DeviceCall.StatusLookup
                && ApiVersion.of(request.apiVersion()).issuesCertificates()
                && json.get().hasNonNull("csr")) {
            return Optional.of(DpsError.CSR_NOT_ALLOWED);
        }
        if (request.call() instanceof DeviceCall.Register(var _, var id) && badCsr(json.get(), request, id)) {
            return Optional.of(DpsError.INVALID_CSR);
        }
        var named = json.get().path("registrationId");
        boolean other =
                !named.isMissingNode() && !request.call().registrationId().equalsIgnoreCase(named.textValue());
        return other ? Optional.of(DpsError.OTHER_REGISTRATION_ID) : Optional.empty();
    }

    private static boolean badCsr(JsonNode body, DeviceRequest request, String registrationId) {
        var version = ApiVersion.of(request.apiVersion());
        if (!version.issuesCertificates() || !body.hasNonNull("csr")) {
            return false;
        }
        return CertificateRequest.read(body.path("csr").asText())
                .filter(csr -> csr.isOf(registrationId))
                .isEmpty();
    }

    private static boolean json(@Nullable String mediaType) {
        return mediaType == null
                || mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }
}
