package dev.berth.store;

/** A cursor that no page of this scan ever gave; the caller's mistake. */
public final class InvalidCursorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidCursorException() {
        super("the cursor does not belong to this list");
    }
}
