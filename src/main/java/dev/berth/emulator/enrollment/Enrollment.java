package dev.berth.emulator.enrollment;

/** An entry that lets devices in. */
public sealed interface Enrollment {
    String id();

    Attestation attestation();

    EnrollmentSettings settings();

    /** All devices below a CA. */
    record Group(String id, Attestation attestation, EnrollmentSettings settings) implements Enrollment {}

    /** One device, which may be called otherwise at its hub. */
    record Individual(String id, String deviceId, Attestation attestation, EnrollmentSettings settings)
            implements Enrollment {}
}
