package dev.berth.emulator.enrollment;

import dev.berth.emulator.protocol.DpsError;

/** What an instance's enrollments say about a device and what it shows. */
public sealed interface Attested {
    /** An enabled enrollment vouches for it. */
    record Accepted(Enrollment enrollment, Credential credential) implements Attested {}

    /** The enrollment that decides is switched off. */
    record Disabled(Enrollment enrollment) implements Attested {}

    /** Its TPM is to prove itself first, by importing this key and signing with it. */
    record Challenged(String authenticationKey) implements Attested {}

    /** None vouches for it. */
    record Refused(DpsError error) implements Attested {}
}
