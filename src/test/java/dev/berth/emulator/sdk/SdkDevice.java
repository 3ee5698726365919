package dev.berth.emulator.sdk;

import dev.berth.emulator.TestPki;
import dev.berth.emulator.protocol.SharedAccessKey;

/** A device that is enrolled, and what it proves itself with. */
sealed interface SdkDevice {
    String registrationId();

    /** The name that its enrollment gives it at the hub. */
    String deviceId();

    record WithCertificate(TestPki.Entity identity, String registrationId, String deviceId) implements SdkDevice {}

    record WithKey(SharedAccessKey key, String registrationId, String deviceId) implements SdkDevice {}
}
