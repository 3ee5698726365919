package dev.berth.emulator.protocol;

/** What came of a change that may be refused. */
public sealed interface Decision<T> {
    /** It was done. */
    record Done<T>(T value) implements Decision<T> {}

    /**
     * It was refused, and nothing has changed.
     *
     * @param detail what exactly is wrong, for whoever reads the answer; may be empty
     */
    record Refused<T>(DpsError error, String detail) implements Decision<T> {}

    static <T> Decision<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Decision<T> refused(DpsError error, String detail) {
        return new Refused<>(error, detail);
    }
}
