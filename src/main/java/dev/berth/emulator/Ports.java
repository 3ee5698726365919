package dev.berth.emulator;

/** Where the emulator listens on loopback; 0 means a free port. */
public record Ports(int device, int admin, int mqtt, int proxy) {
    /** Free ones, so that several emulators may run side by side. */
    public static final Ports FREE = new Ports(0, 0, 0, 0);
}
