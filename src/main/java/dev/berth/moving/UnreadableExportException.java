package dev.berth.moving;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file that is not, or is no longer, what an export of this version wrote; the message names the line. */
public final class UnreadableExportException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long line;

    UnreadableExportException(long line, String reason, @Nullable Throwable cause) {
        super("line " + line + " " + reason, cause);
        this.line = line;
    }

    /** The first line that cannot be taken; counted from 1. */
    public long line() {
        return line;
    }
}
