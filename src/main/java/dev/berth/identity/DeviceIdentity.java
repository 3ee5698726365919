package dev.berth.identity;

/**
 * A device that has proved who it is.
 *
 * @param origin the tenant whose trust anchor vouches for it
 * @param trustAnchor name of that anchor, the nearest one in its chain
 * @param thumbprint SHA-256 of its certificate, in lower-case hex
 */
public record DeviceIdentity(TenantId origin, String trustAnchor, RegistrationId registrationId, String thumbprint) {}
