package dev.berth.dps;

import dev.berth.enrollment.DpsServiceException;
import dev.berth.enrollment.DpsServiceException.Kind;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.enterprise.util.TypeLiteral;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
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
final class Fence {
    private static final TypeLiteral<CompletionStage<Object>> STAGE = new TypeLiteral<>() {};

    private final Guard inner;
    private final Guard repeating;

    Fence(String name, FenceSettings settings, Executor threads) {
        this.inner = Guard.create()
                .withDescription("DPS service " + name)
                .withBulkhead()
                .limit(settings.callsMax())
                .queueSize(settings.callsWaitingMax())
                .done()
                .withTimeout()
                .duration(settings.callTimeMax().toMillis(), ChronoUnit.MILLIS)
                .done()
                .withCircuitBreaker()
                .requestVolumeThreshold(settings.breakAfter())
                .failureRatio(0.5)
                .delay(settings.breakFor().toMillis(), ChronoUnit.MILLIS)
                .when(Fence::showsAnOutage)
                .done()
                .withThreadOffload(true)
                .withThreadOffloadExecutor(threads)
                .build();
        this.repeating = Guard.create()
                .withDescription("DPS service " + name + ", repeated")
                .withRetry()
                .maxRetries(settings.retriesMax())
                .maxDuration(10, ChronoUnit.MINUTES)
                .delay(settings.retryDelay().toMillis(), ChronoUnit.MILLIS)
                .jitter(settings.retryDelay().toMillis() / 2, ChronoUnit.MILLIS)
                .withExponentialBackoff()
                .done()
                .whenException(Fence::isWorthRepeating)
                .done()
                .build();
    }

    /** Repeats {@code call} while it throws what certainly did nothing and may soon be otherwise. */
    @SuppressWarnings("unchecked") // the guard returns what the call returned
    <T> T repeating(Callable<T> call) {
        try {
            return (T) repeating.call(() -> (Object) call.call(), Object.class);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw interruptedOr(e);
        }
    }

    /** One request: its result, or a {@link DpsServiceException}. {@code late} is what a request that takes too long counts as. */
    @SuppressWarnings("unchecked") // the guard returns what the request returned
    <T> T once(Callable<T> request, Kind late) {
        var abandoned = new AtomicBoolean();
        try {
            return (T) inner.call(() -> CompletableFuture.completedFuture(unless(abandoned, request)), STAGE)
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNullElse(e.getCause(), e), late);
        } catch (Exception e) {
            throw interruptedOr(e);
        } finally {
            abandoned.set(true);
        }
    }

    /** A request that still waited for a thread when its time was up is not sent after all. */
    private static Object unless(AtomicBoolean abandoned, Callable<?> request) throws Exception {
        if (abandoned.get()) {
            throw new DpsServiceException(Kind.OVERLOADED, "nobody waits for the answer any more", null);
        }
        return request.call();
    }

    private static DpsServiceException failure(Throwable thrown, Kind late) {
        return switch (thrown) {
            case DpsServiceException known -> known;
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

    private static DpsServiceException interruptedOr(Exception thrown) {
        if (thrown instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new DpsServiceException(Kind.INTERRUPTED, "interrupted while waiting for the instance", null);
        }
        return thrown instanceof DpsServiceException known ? known : failure(thrown, Kind.UNAVAILABLE);
    }

    private static boolean isWorthRepeating(Throwable thrown) {
        return thrown instanceof DpsServiceException failure
                && switch (failure.kind()) {
                    case THROTTLED, UNAVAILABLE -> true;
                    case UNAUTHORIZED, OUTCOME_UNKNOWN, REFUSED, OVERLOADED, INTERRUPTED -> false;
                };
    }

    private static boolean showsAnOutage(Throwable thrown) {
        return switch (thrown) {
            case TimeoutException e -> true;
            case DpsServiceException failure ->
                failure.kind() == Kind.UNAVAILABLE || failure.kind() == Kind.OUTCOME_UNKNOWN;
            default -> false;
        };
    }
}
