package dev.berth.store;

import dev.berth.inventory.RepositoryUnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The store cannot serve now: disk full, overloaded, unreachable, closing. Repositories let it pass as it is. */
public final class StoreUnavailableException extends RepositoryUnavailableException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(
            String message, boolean outcomeUnknown, Duration retryAfter, @Nullable Throwable cause) {
        super(message, outcomeUnknown, retryAfter, cause);
    }
}
