package dev.berth.emulator.instance;

/** Where a device's newest operation stands, in DPS's words. */
public enum RegistrationStatus {
    ASSIGNING("assigning"),
    ASSIGNED("assigned"),
    FAILED("failed");

    public final String wireName;

    RegistrationStatus(String wireName) {
        this.wireName = wireName;
    }
}
