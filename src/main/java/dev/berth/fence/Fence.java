package dev.berth.fence;

import dev.berth.fence.FenceEvents.Breaker;
import dev.berth.fence.FenceEvents.Event;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The fence around the requests to one server: so many at once, so long for each, none for a while when most fail, and some repeated. What it
 * does not let through fails with the exceptions of MicroProfile Fault Tolerance: {@code TimeoutException}, {@code BulkheadException},
 * {@code CircuitBreakerOpenException}.
 */
public final class Fence {
    private static final TypeLiteral<CompletionStage<Object>> STAGE = new TypeLiteral<>() {};
    private static final double FAILURES_TO_BREAK = 0.5;

    private final Guard inner;
    private final Guard repeating;

    /** One whose requests do not block the thread that begins them. */
    public Fence(String name, FenceLimits limits, FenceRules rules, FenceEvents events) {
        this(name, limits, rules, events, null);
    }

    /** @param threads where requests run that block, each on one of its own; null: they do not */
    public Fence(String name, FenceLimits limits, FenceRules rules, FenceEvents events, @Nullable Executor threads) {
        Guard.Builder builder = inner(name, limits, rules, events);
        this.inner = threads == null
                ? builder.build()
                : builder.withThreadOffload(true)
                        .withThreadOffloadExecutor(threads)
                        .build();
        this.repeating = repeating(name, limits, rules, events);
    }

    private static Guard.Builder inner(String name, FenceLimits limits, FenceRules rules, FenceEvents events) {
        return Guard.create()
                .withDescription(name)
                .withBulkhead()
                .limit(limits.inFlightMax())
                .queueSize(limits.waitingMax())
                .onRejected(() -> events.happened(Event.REFUSED))
                .done()
                .withTimeout()
                .duration(limits.timeMax().toMillis(), ChronoUnit.MILLIS)
                .onTimeout(() -> events.happened(Event.LATE))
                .done()
                .withCircuitBreaker()
                .requestVolumeThreshold(limits.breakAfter())
                .failureRatio(FAILURES_TO_BREAK)
                .delay(limits.breakFor().toMillis(), ChronoUnit.MILLIS)
                .when(thrown -> thrown instanceof TimeoutException
                        || rules.showsAnOutage().test(thrown))
                .onPrevented(() -> events.happened(Event.SPARED))
                .onStateChange(state -> events.breaker(breaker(state)))
                .done();
    }

    private static Guard repeating(String name, FenceLimits limits, FenceRules rules, FenceEvents events) {
        Duration delay = limits.retryDelay();
        return Guard.create()
                .withDescription(name + ", repeated")
                .withRetry()
                .maxRetries(limits.retriesMax())
                .maxDuration(limits.repeatForMax().toMillis(), ChronoUnit.MILLIS)
                .delay(delay.toMillis(), ChronoUnit.MILLIS)
                .jitter(delay.toMillis() / 2, ChronoUnit.MILLIS)
                .withExponentialBackoff()
                .maxDelay(limits.retryDelayMax().toMillis(), ChronoUnit.MILLIS)
                .done()
                .whenException(rules.worthRepeating())
                .onRetry(() -> events.happened(Event.REPEATED))
                .done()
                .build();
    }

    /** Repeats {@code call} while it throws what is worth it; what it returns, or throws last. */
    @SuppressWarnings("unchecked") // the guard returns what the call returned
    public <T> T repeating(Callable<T> call) throws Exception {
        return (T) repeating.call(() -> (Object) call.call(), Object.class);
    }

    /** One request: what it is completed with, or fails with. */
    @SuppressWarnings("unchecked") // the guard returns what the request returned
    public <T> T once(Callable<? extends CompletionStage<T>> request) throws Exception {
        try {
            return (T) inner.call(() -> (CompletionStage<Object>) request.call(), STAGE)
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static Breaker breaker(CircuitBreakerState state) {
        return switch (state) {
            case CLOSED -> Breaker.CLOSED;
            case HALF_OPEN -> Breaker.HALF_OPEN;
            case OPEN -> Breaker.OPEN;
        };
    }
}
