package dev.berth.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The store cannot serve now: disk full, overloaded, unreachable, closing. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean outcomeUnknown;
    private final Duration retryAfter;

    public StoreUnavailableException(
            String message, boolean outcomeUnknown, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
        this.retryAfter = retryAfter;
    }

    /** True if the write may have happened; false if it certainly did not. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }

    /** When it is worth trying again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
