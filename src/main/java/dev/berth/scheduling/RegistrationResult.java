package dev.berth.scheduling;

/** How DPS answered a registration, by what its device says. */
public enum RegistrationResult {
    /** It was taken. */
    TAKEN,

    /** There were too many at that moment. */
    THROTTLED,

    /** It failed for another reason, which says nothing of the instance's rate. */
    REFUSED
}
