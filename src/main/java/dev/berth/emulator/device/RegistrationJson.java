package dev.berth.emulator.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.enrollment.Credential;
import dev.berth.emulator.instance.Registration;
import dev.berth.emulator.instance.RegistrationStatus;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.protocol.ApiVersion;
import dev.berth.emulator.protocol.Etags;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A registration record as a device sees it. Members that an api-version does not know stay away from it. */
final class RegistrationJson {
    private RegistrationJson() {}

    /**
     * The state.
     *
     * @param operation whether it is the outcome of an operation; only there devices find issued certificates
     */
    static ObjectNode of(Registration registration, RegistrationStatus status, ApiVersion version, boolean operation) {
        var state = Json.object();
        var proof = state.putObject(
                switch (registration.credential()) {
                    case Credential.Certificate certificate -> "x509";
                    case Credential.Key.SYMMETRIC -> "symmetricKey";
                    case Credential.Tpm tpm -> "tpm";
                });
        if (registration.enrollmentGroupId() != null) {
            proof.put("enrollmentGroupId", registration.enrollmentGroupId());
        }
        if (registration.credential() instanceof Credential.Tpm(var authenticationKey)) {
            proof.put("authenticationKey", authenticationKey);
        }
        state.put("registrationId", registration.registrationId())
                .put("createdDateTimeUtc", DpsJson.timestamp(registration.createdAt()));
        outcome(state, registration, status, version);
        state.put("lastUpdatedDateTimeUtc", DpsJson.timestamp(registration.updatedAt()))
                .put("etag", etag(registration));
        if (operation && version.issuesCertificates()) {
            chain(state, registration.operation().issued());
        }
        return state;
    }

    /** While an assignment is under way, or when it failed, there is no hub to tell. */
    private static void outcome(
            ObjectNode state, Registration registration, RegistrationStatus status, ApiVersion version) {
        if (status == RegistrationStatus.ASSIGNED) {
            state.put("assignedHub", registration.hub()).put("deviceId", registration.deviceId());
        }
        state.put("status", status.wireName);
        var failure = registration.operation().failure();
        if (status == RegistrationStatus.FAILED && failure != null) {
            state.put("errorCode", failure.errorCode()).put("errorMessage", failure.message());
        }
        if (status == RegistrationStatus.ASSIGNED && version.reprovisions()) {
            state.put("substatus", registration.substatus().wireName);
        }
        if (status == RegistrationStatus.ASSIGNED && version.hasPayload() && registration.payload() != null) {
            state.set("payload", registration.payload());
        }
    }

    private static void chain(ObjectNode state, @Nullable List<byte[]> issued) {
        if (issued != null) {
            var chain = state.putArray("issuedCertificateChain");
            issued.forEach(der -> chain.add(Base64.getEncoder().encodeToString(der)));
        }
    }

    private static String etag(Registration registration) {
        return Etags.of(registration.operation().etag());
    }
}
