package dev.berth.emulator.instance;

/** Why a custom allocation gave a device no hub; a value of the operation, not an HTTP error. */
public record AllocationFailure(int errorCode, String message) {
    /** The code that devices see in public reports. */
    static final int CUSTOM_ALLOCATION_FAILED = 400207;

    private static final String FAILED = "Custom allocation failed";

    static AllocationFailure status(int status) {
        return new AllocationFailure(CUSTOM_ALLOCATION_FAILED, FAILED + " with status code: " + status);
    }

    public static AllocationFailure because(String reason) {
        return new AllocationFailure(CUSTOM_ALLOCATION_FAILED, FAILED + ": " + reason);
    }
}
