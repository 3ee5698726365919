package dev.berth.emulator.instance;

import dev.berth.emulator.enrollment.Attested;
import dev.berth.emulator.enrollment.Evidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A register request that has been judged and not yet admitted.
 *
 * @param attested what the enrollments say about the device
 * @param issued the certificate that it gets if it is let in, and what is above it
 */
record Attempt(
        String registrationId,
        Evidence evidence,
        DeviceRegistration sent,
        Attested attested,
        @Nullable List<byte[]> issued) {}
