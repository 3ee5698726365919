package dev.berth.store;

import dev.berth.store.StoreListener.Operation;
import dev.berth.store.StoreListener.Outcome;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tells a listener of each call of the port: how long it took, and how it ended. */
public final class TimedCalls {
    private final StoreListener listener;

    public TimedCalls(StoreListener listener) {
        this.listener = listener;
    }

    /** One that is done when it returns. */
    public <T> T call(Operation operation, Supplier<T> work) {
        return timed(operation, _ -> Outcome.DONE, work);
    }

    /** One that may end as a conflict. */
    public WriteResult write(Operation operation, Supplier<WriteResult> work) {
        return timed(operation, TimedCalls::outcome, work);
    }

    private static Outcome outcome(WriteResult result) {
        return switch (result) {
            case WriteResult.Written _ -> Outcome.DONE;
            case WriteResult.Conflict _ -> Outcome.CONFLICT;
        };
    }

    private <T> T timed(Operation operation, Function<T, Outcome> outcome, Supplier<T> work) {
        var began = System.nanoTime();
        try {
            var result = work.get();
            listener.completed(operation, Duration.ofNanos(System.nanoTime() - began), outcome.apply(result));
            return result;
        } catch (StoreUnavailableException e) {
            listener.completed(operation, Duration.ofNanos(System.nanoTime() - began), Outcome.UNAVAILABLE);
            throw e;
        }
    }
}
