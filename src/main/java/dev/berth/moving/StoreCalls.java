package dev.berth.moving;

import dev.berth.store.StoreUnavailableException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Calls of a store that is away or overloaded for a while, repeated when it says so. Only calls that may be: those that read, and
 * inserts whose conflicts are looked at.
 */
public final class StoreCalls {
    static final int ATTEMPTS_MAX = 20;
    static final Duration WAIT_MAX = Duration.ofSeconds(30);

    /** How time passes. */
    @FunctionalInterface
    public interface Pause {
        void last(Duration duration) throws InterruptedException;
    }

    private final Pause pause;

    public StoreCalls(Pause pause) {
        this.pause = pause;
    }

    <T> T call(Supplier<T> call) {
        for (var attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (StoreUnavailableException e) {
                if (attempt == ATTEMPTS_MAX || !isOver(e.retryAfter())) {
                    throw e;
                }
            }
        }
    }

    private boolean isOver(Duration wait) {
        try {
            pause.last(wait.compareTo(WAIT_MAX) < 0 ? wait : WAIT_MAX);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
