package dev.berth.api.problem;

import java.util.Locale;

/** Every kind of problem Berth answers with; {@code urn:berth:problem:} and its {@link #slug} is the stable type of RFC 9457. */
public enum ProblemType {
    CERTIFICATE_MISSING(401, "No client certificate was presented"),
    CERTIFICATE_UNTRUSTED(403, "No trust anchor vouches for the certificate"),
    CERTIFICATE_EXPIRED(403, "A certificate of the chain has expired"),
    CERTIFICATE_NOT_YET_VALID(403, "A certificate of the chain is not yet valid"),
    CERTIFICATE_REVOKED(403, "A certificate of the chain is revoked"),
    CERTIFICATE_USAGE(403, "A certificate of the chain may not be used this way"),
    CERTIFICATE_CHAIN_INCOMPLETE(403, "An intermediate certificate is missing"),
    CERTIFICATE_CHAIN_INVALID(403, "The certificate chain does not hold"),
    CERTIFICATE_CHAIN_TOO_LONG(403, "The certificate chain is too long"),
    REGISTRATION_ID_INVALID(403, "The certificate's common name is no registration ID"),
    REGISTRATION_ID_TAKEN(409, "Another device has this registration ID"),
    DEVICE_BLOCKED(403, "The device is blocked"),
    DEVICE_NOT_LISTED(403, "The device is not on the list of its tenant"),
    POOL_EMPTY(503, "No DPS instance may take this device"),
    POOL_FULL(503, "Every DPS instance for this device is full"),
    POOL_UNAVAILABLE(503, "No DPS instance for this device can be used now"),
    QUEUED(429, "All slots within the horizon are given"),
    STORE_UNAVAILABLE(503, "The store cannot serve now"),
    PRECONDITION_FAILED(412, "The resource has another version"),
    PRECONDITION_REQUIRED(428, "The change needs the version it is based on"),
    UNAUTHENTICATED(401, "The caller did not say who it is"),
    FORBIDDEN(403, "The caller may not do this"),
    NOT_FOUND(404, "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "The resource does not take this method"),
    NOT_ACCEPTABLE(406, "The resource has no representation that is asked for"),
    REQUEST_TIMEOUT(408, "The request did not arrive in time"),
    CONFLICT(409, "The change contradicts what is there"),
    CONTENT_TOO_LARGE(413, "The request body is too large"),
    URI_TOO_LONG(414, "The request's address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The resource does not take this media type"),
    HEADERS_TOO_LARGE(431, "The request's headers are too large"),
    MALFORMED(400, "The request is not HTTP or not JSON as it should be"),
    VALIDATION(400, "The request does not match the contract"),
    OVERLOADED(503, "More requests than can be served"),
    INTERNAL(500, "Something went wrong on our side");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The stable type of RFC 9457. */
    public String urn() {
        return "urn:berth:problem:" + slug();
    }

    /** Where its page is, relative to the listener that answered: each serves the page of its own version. */
    public String help() {
        return ProblemPage.PATH + "#" + slug();
    }

    /** The name on the wire, for example {@code pool-empty}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
