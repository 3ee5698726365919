package dev.berth.identity;

/** The judgement of the certificates a device presented. */
public sealed interface ChainVerdict {
    /** The chain is good and names a device. */
    record Trusted(DeviceIdentity device) implements ChainVerdict {}

    /** The device is refused; {@code detail} says what was wrong in words its maker can act on. */
    record Refused(Reason reason, String detail) implements ChainVerdict {}

    /** Why a device is refused. The chain is judged before the name. */
    enum Reason {
        CERTIFICATE_MISSING,
        CERTIFICATE_UNTRUSTED,
        CERTIFICATE_EXPIRED,
        CERTIFICATE_NOT_YET_VALID,
        CERTIFICATE_REVOKED,
        CERTIFICATE_USAGE,
        CERTIFICATE_CHAIN_INCOMPLETE,
        CERTIFICATE_CHAIN_INVALID,
        CERTIFICATE_CHAIN_TOO_LONG,
        REGISTRATION_ID_INVALID
    }
}
