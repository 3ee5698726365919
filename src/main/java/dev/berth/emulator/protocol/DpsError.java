package dev.berth.emulator.protocol;

/**
 * The refusals of the device and service APIs. No list of DPS's codes is public: those seen in public threads are used where there is
 * one, the others are the HTTP status and 000.
 */
public enum DpsError {
    MALFORMED_REQUEST(400, 400000, "The request is malformed."),
    MALFORMED_JSON(400, 400000, "The body is not a JSON object."),
    MISSING_BODY(400, 400000, "The body is missing."),
    INVALID_REGISTRATION_ID(400, 400000, "The registration ID is invalid."),
    OTHER_REGISTRATION_ID(400, 400000, "The registration ID of the body is not that of the path."),
    UNSUPPORTED_API_VERSION(400, 400000, "The api-version is missing or not supported."),
    CSR_NOT_ALLOWED(400, 400000, "A certificate signing request is not allowed in a status lookup."),
    INVALID_CSR(400, 400000, "The certificate signing request is not PKCS#10 of this registration ID in base64."),
    TPM_NOT_OVER_MQTT(400, 400000, "TPM attestation is not possible over MQTT."),
    UNSUPPORTED_TPM(
            400, 400000, "The TPM's keys are not those of RSA, SHA-256 and AES-128-CFB as TPM2B_PUBLIC in base64."),
    UNAUTHORIZED(401, 401002, "Unauthorized"),
    SERVICE_UNAUTHORIZED(401, 401002, "Unauthorized access."),
    INVALID_CERTIFICATE(401, 401002, "Invalid certificate."),
    CA_CERTIFICATE_NOT_FOUND(401, 401002, "CA certificate not found."),
    CAP_REACHED(403, 403000, "The maximum of this tenant is reached:"),
    TOO_MANY_REGISTRATIONS(403, 403000, "The maximum of registrations of this tenant is reached."),
    NOT_FOUND(404, 404000, "Not found"),
    ENROLLMENT_NOT_FOUND(404, 404201, "Enrollment not found."),
    REGISTRATION_NOT_FOUND(404, 404202, "Registration not found."),
    METHOD_NOT_ALLOWED(405, 405000, "Method not allowed"),
    REQUEST_TIMEOUT(408, 408000, "The body did not arrive in time."),
    CONFLICT(409, 409000, "Conflict:"),
    ENROLLMENT_EXISTS(409, 409201, "Enrollment already exists."),
    PRECONDITION_FAILED(412, 412000, "The etag does not match."),
    BODY_TOO_LARGE(413, 413000, "The body is larger than a message may be."),
    UNSUPPORTED_MEDIA_TYPE(415, 415000, "The body's media type is not application/json."),
    THROTTLED(429, 429001, "Operations are being throttled for this tenant."),
    INTERNAL(500, 500000, "Internal server error");

    public final int status;
    public final int code;
    public final String message;

    DpsError(int status, int code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }
}
