package dev.berth.emulator.fault;

/** The requests that a fault may single out. */
public enum FaultTarget {
    REGISTER("register"),
    POLL("poll"),
    LOOKUP("lookup"),
    SERVICE("service");

    public final String wireName;

    FaultTarget(String wireName) {
        this.wireName = wireName;
    }
}
