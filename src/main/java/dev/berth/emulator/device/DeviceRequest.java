package dev.berth.emulator.device;

import dev.berth.emulator.enrollment.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * One request of a device, whatever it came over.
 *
 * @param apiVersion as the client wrote it; empty if it did not
 * @param mediaType of the body; null where the transport has none
 */
public record DeviceRequest(
        DeviceCall call, String apiVersion, @Nullable String mediaType, byte[] body, Evidence evidence) {}
