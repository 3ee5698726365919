package dev.berth.emulator.instance;

import java.util.Set;

/** What a shared access policy may allow. */
public enum Permission {
    SERVICE_CONFIG,
    ENROLLMENT_READ,
    ENROLLMENT_WRITE,
    REGISTRATION_STATUS_READ,
    REGISTRATION_STATUS_WRITE;

    /** Whether whoever has these permissions has this one: to write includes to read. */
    boolean heldBy(Set<Permission> granted) {
        return granted.contains(this)
                || switch (this) {
                    case ENROLLMENT_READ -> granted.contains(ENROLLMENT_WRITE);
                    case REGISTRATION_STATUS_READ -> granted.contains(REGISTRATION_STATUS_WRITE);
                    case SERVICE_CONFIG, ENROLLMENT_WRITE, REGISTRATION_STATUS_WRITE -> false;
                };
    }
}
