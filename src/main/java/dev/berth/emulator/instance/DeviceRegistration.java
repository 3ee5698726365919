package dev.berth.emulator.instance;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a device sends when it registers.
 *
 * @param payload handed to a custom allocation; any JSON value, because SDKs send texts as well as objects
 * @param tpm its endorsement key and storage root key
 * @param csr a certificate signing request, base64 of DER
 */
public record DeviceRegistration(
        @Nullable JsonNode payload,
        @Nullable JsonNode tpm,
        @Nullable JsonNode csr) {
    public static final DeviceRegistration EMPTY = new DeviceRegistration(null, null, null);
}
