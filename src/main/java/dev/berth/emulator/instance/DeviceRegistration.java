package dev.berth.emulator.instance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.issuing.CertificateRequest;
import dev.berth.emulator.protocol.ApiVersion;
import org.jspecify.annotations.Nullable;

/**
 * What a device sends when it registers.
 *
 * @param payload handed to a custom allocation; any JSON value, because SDKs send texts as well as objects
 * @param tpm its endorsement key and storage root key
 * @param csr its request for a certificate, already checked
 */
public record DeviceRegistration(
        ApiVersion apiVersion,
        @Nullable JsonNode payload,
        @Nullable JsonNode tpm,
        @Nullable CertificateRequest csr) {
    public static final DeviceRegistration EMPTY = of(ApiVersion.NEWEST);

    /** Sends nothing. */
    public static DeviceRegistration of(ApiVersion version) {
        return new DeviceRegistration(version, null, null, null);
    }
}
