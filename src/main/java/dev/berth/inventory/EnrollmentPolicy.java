package dev.berth.inventory;

/** Who sees to it that an enrollment group stands at its DPS instance. */
public enum EnrollmentPolicy {
    /** Berth makes it, and repairs it. */
    MANAGED,
    /** Somebody else makes it; Berth looks whether it stands. */
    VERIFIED,
    /** The operator declares it, and Berth believes that. */
    EXTERNAL
}
