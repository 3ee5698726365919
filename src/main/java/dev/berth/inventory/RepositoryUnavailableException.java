package dev.berth.inventory;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What lies behind a repository of the domain cannot serve now. Every method of every repository port may throw it. */
public class RepositoryUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean outcomeUnknown;
    private final Duration retryAfter;

    public RepositoryUnavailableException(
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
