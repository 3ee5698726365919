package dev.berth.emulator.json;

/** A configuration or enrollment that the emulator cannot take; names the place as a JSON pointer. */
public final class InvalidConfigException extends RuntimeException {
    private final String pointer;

    public InvalidConfigException(String pointer, String message) {
        super((pointer.isEmpty() ? "/" : pointer) + ": " + message);
        this.pointer = pointer;
    }

    /** Where it is wrong (RFC 6901); empty for the whole document. */
    public String pointer() {
        return pointer;
    }
}
