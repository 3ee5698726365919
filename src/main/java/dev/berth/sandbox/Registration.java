package dev.berth.sandbox;

/** How a device's registration at DPS ended. */
sealed interface Registration {
    /** DPS assigned it. */
    record Assigned(String hub, String deviceId) implements Registration {}

    /** It failed. */
    record Failed(String message) implements Registration {}

    /** Registers a device at DPS and waits for the end; one way to do so for each client that devices use. */
    interface Client {
        Registration register(String endpoint, String idScope, String registrationId) throws InterruptedException;
    }
}
