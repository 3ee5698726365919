package dev.berth.dps;

import dev.berth.enrollment.DpsServiceException;
import dev.berth.enrollment.DpsServiceException.Kind;
import dev.berth.fence.Fence;
import dev.berth.fence.FenceEvents;
import dev.berth.fence.FenceRules;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * The fence around the requests of one DPS instance.
 *
 * <p>The client's requests cannot be cancelled. So each runs on a thread of its own, which nobody waits for longer than the time allowed; a
 * thread that hangs keeps its place in the bulkhead, and when all places hang, further requests fail at once instead of
 * piling up. When most fail, the breaker spares the instance, and us, the rest for a while. Nothing here is shared between instances.
 */
final class InstanceFence {
    private final Fence fence;

    InstanceFence(String name, FenceSettings settings, FenceEvents events, Executor threads) {
        this.fence = new Fence(
                "DPS service " + name,
                settings.limits(),
                new FenceRules(InstanceFence::isWorthRepeating, InstanceFence::showsAnOutage),
                events,
                threads);
    }

    /** Repeats {@code call} while it throws what certainly did nothing and may soon be otherwise. */
    <T> T repeating(Callable<T> call) {
        try {
            return fence.repeating(call);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw failure(e, Kind.UNAVAILABLE);
        }
    }

    /** One request: its result, or a {@link DpsServiceException}. {@code late} is what a request that takes too long counts as. */
    <T> T once(Callable<T> request, Kind late) {
        var abandoned = new AtomicBoolean();
        try {
            return fence.once(() -> CompletableFuture.completedFuture(unless(abandoned, request)));
        } catch (Exception e) {
            throw failure(e, late);
        } finally {
            abandoned.set(true);
        }
    }

    /** A request that still waited for a thread when its time was up is not sent after all. */
    private static <T> T unless(AtomicBoolean abandoned, Callable<T> request) throws Exception {
        if (abandoned.get()) {
            throw new DpsServiceException(Kind.OVERLOADED, "nobody waits for the answer any more", null);
        }
        return request.call();
    }

    private static DpsServiceException failure(Throwable thrown, Kind late) {
        return switch (thrown) {
            case DpsServiceException known -> known;
            case InterruptedException _ -> interrupted();
            case TimeoutException e -> new DpsServiceException(late, "the instance did not answer in time", null);
            case BulkheadException e ->
                new DpsServiceException(Kind.OVERLOADED, "too many requests to the instance wait for an answer", null);
            case CircuitBreakerOpenException e ->
                new DpsServiceException(
                        Kind.OVERLOADED, "the instance failed of late and is left alone for a moment", null);
            default ->
                new DpsServiceException(
                        late, "the client failed: " + thrown.getClass().getSimpleName(), null);
        };
    }

    private static DpsServiceException interrupted() {
        Thread.currentThread().interrupt();
        return new DpsServiceException(Kind.INTERRUPTED, "interrupted while waiting for the instance", null);
    }

    private static boolean isWorthRepeating(Throwable thrown) {
        return thrown instanceof DpsServiceException failure
                && switch (failure.kind()) {
                    case THROTTLED, UNAVAILABLE -> true;
                    case UNAUTHORIZED, OUTCOME_UNKNOWN, REFUSED, OVERLOADED, INTERRUPTED -> false;
                };
    }

    private static boolean showsAnOutage(Throwable thrown) {
        return thrown instanceof DpsServiceException failure
                && (failure.kind() == Kind.UNAVAILABLE || failure.kind() == Kind.OUTCOME_UNKNOWN);
    }
}
