package dev.berth.store;

/** A document as it was read. The body is the caller's own copy. */
public record Document(Key key, byte[] body, String version) {
    public static final int BODY_BYTES_MAX = 256 * 1024;
}
