package dev.berth.store.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A directory that cannot be opened as a store. Nothing in it was changed. The message says what to do. */
public final class StoreOpenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a directory cannot be opened. */
    public enum Reason {
        HELD(
                "is held by another process, or opened twice by this one. Stop the other one, or choose another directory."),
        NOT_WRITABLE("cannot be written. Give this user the right to, mount it writable, or choose another directory."),
        FOREIGN("holds files that are not Berth's. Choose an empty directory, or a new one."),
        NEWER_FORMAT("was written by a newer Berth. Run that version or a newer one; there is no way back."),
        DISK_FULL("is on a full disk. Make room and start again; nothing is lost."),
        CORRUPT("is damaged. Keep a copy of it for analysis, then restore a backup.");

        private final String advice;

        Reason(String advice) {
            this.advice = advice;
        }
    }

    private final Reason reason;

    StoreOpenException(Reason reason, Path directory, @Nullable String detail, @Nullable Throwable cause) {
        super(
                "The store directory " + directory + " " + reason.advice + (detail == null ? "" : " (" + detail + ")"),
                cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
