package dev.berth.emulator.fault;

/** The requests that a fault may single out. */
public enum Operation {
    REGISTER("register"),
    POLL("poll"),
    LOOKUP("lookup"),
    SERVICE("service");

    public final String wireName;

    Operation(String wireName) {
        this.wireName = wireName;
    }
}
