package dev.berth.emulator;

/** A configuration or enrollment that the emulator cannot take; names the place as a JSON pointer. */
public final class InvalidConfigException extends RuntimeException {
    private final String pointer;

    InvalidConfigException(String pointer, String message) {
        super((pointer.isEmpty() ? "/" : pointer) + ": " + message);
        this.pointer = pointer;
    }

    /** Where it is wrong (RFC 6901); empty for the whole document. */
    public String pointer() {
        return pointer;
    }
}
