package dev.berth.store.cosmos;

import dev.berth.store.StoreListener;
import dev.berth.store.cosmos.Fault.Kind;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.enterprise.util.TypeLiteral;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import reactor.core.publisher.Mono;

/**
 * The fence around the requests to the account: so many at once, so long for each, none for a while when most fail, and some repeated.
 * While the breaker is open the store counts as suspended; a request that is let through after a while and succeeds ends that.
 */
final class StoreFence {
    private static final TypeLiteral<CompletionStage<Object>> STAGE = new TypeLiteral<>() {};
    private static final double FAILURES_TO_BREAK = 0.5;

    private final CosmosLimits limits;
    private final StoreListener listener;
    private final BooleanSupplier renewKey;
    private final Guard inner;
    private final Guard repeating;

    /** @param renewKey asked after a 401: whether there is another key now */
    StoreFence(CosmosLimits limits, StoreListener listener, BooleanSupplier renewKey) {
        this.renewKey = renewKey;
        this.limits = limits;
        this.listener = listener;
        this.inner = inner();
        this.repeating = repeating();
    }

    private Guard inner() {
        return Guard.create()
                .withDescription("Cosmos DB")
                .withBulkhead()
                .limit(limits.requestsInFlightMax())
                .queueSize(limits.requestsWaitingMax())
                .done()
                .withTimeout()
                .duration(limits.requestTimeMax().toMillis(), ChronoUnit.MILLIS)
                .done()
                .withCircuitBreaker()
                .requestVolumeThreshold(limits.breakAfter())
                .failureRatio(FAILURES_TO_BREAK)
                .delay(limits.breakFor().toMillis(), ChronoUnit.MILLIS)
                .when(StoreFence::showsAnOutage)
                .onStateChange(this::breaker)
                .done()
                .build();
    }

    private Guard repeating() {
        return Guard.create()
                .withDescription("Cosmos DB, repeated")
                .withRetry()
                .maxRetries(limits.retriesMax())
                .maxDuration(limits.answerWaitMax().toMillis(), ChronoUnit.MILLIS)
                .delay(limits.retryDelay().toMillis(), ChronoUnit.MILLIS)
                .jitter(limits.retryDelay().toMillis() / 2, ChronoUnit.MILLIS)
                .withExponentialBackoff()
                .maxDelay(limits.requestTimeMax().toMillis(), ChronoUnit.MILLIS)
                .done()
                .whenException(thrown -> thrown instanceof Fault fault && fault.isWorthRepeating())
                .onRetry(listener::repeated)
                .done()
                .build();
    }

    /** Repeats {@code call} while it throws what is {@linkplain Fault#isWorthRepeating worth that}. */
    @SuppressWarnings("unchecked") // the guard returns what the call returned
    <T> T repeating(Callable<T> call) {
        try {
            return (T) repeating.call(() -> (Object) call.call(), Object.class);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw fault(e, false);
        }
    }

    /** One request: its answer, or a {@link Fault}, or the caller's mistake. */
    @SuppressWarnings("unchecked") // the guard returns what the request returned
    <T> T once(Supplier<Mono<T>> request) {
        var sending = new Sending<>(request);
        try {
            return (T) inner.call(() -> (CompletionStage<Object>) (CompletionStage<?>) sending.start(), STAGE)
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException e) {
            throw fault(Objects.requireNonNullElse(e.getCause(), e), sending.wasStarted());
        } catch (Exception e) {
            throw fault(e, sending.wasStarted());
        } finally {
            sending.abandon();
        }
    }

    private RuntimeException fault(Throwable thrown, boolean started) {
        return switch (thrown) {
            case Fault known
            when known.kind() == Kind.UNAUTHORIZED && renewKey.getAsBoolean() ->
                new Fault(Kind.CONTENDED, "the key was replaced", limits.retryDelay());
            case Fault known -> known;
            case IllegalArgumentException mistake -> mistake;
            case TimeoutException _
            when started -> new Fault(Kind.DOUBTFUL, "the store did not answer in time", limits.retryDelay());
            case TimeoutException _ -> spared("the request waited too long for its turn");
            case BulkheadException _ -> spared("too many requests wait for the store");
            case CircuitBreakerOpenException _ -> spared("the store failed of late and is left alone for a moment");
            case InterruptedException _ -> interrupted();
            default -> Faults.of(thrown);
        };
    }

    private Fault spared(String why) {
        return new Fault(Kind.SPARED, why, limits.breakFor());
    }

    private Fault interrupted() {
        Thread.currentThread().interrupt();
        return new Fault(Kind.INTERRUPTED, "interrupted while waiting for the store", limits.breakFor());
    }

    private static boolean showsAnOutage(Throwable thrown) {
        return thrown instanceof TimeoutException || (thrown instanceof Fault fault && fault.showsAnOutage());
    }

    private void breaker(CircuitBreakerState state) {
        switch (state) {
            case OPEN -> listener.suspended("the store cannot be reached, or does not answer");
            case CLOSED -> listener.resumed();
            case HALF_OPEN -> {}
        }
    }

    /** A request from its place in the queue on: one that nobody waits for any more is not sent, or cancelled. */
    private static final class Sending<T> {
        private final Supplier<Mono<T>> request;
        private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
        private volatile CompletableFuture<T> answer = new CompletableFuture<>();

        private enum Stage {
            WAITING,
            STARTED,
            ABANDONED
        }

        Sending(Supplier<Mono<T>> request) {
            this.request = request;
        }

        CompletionStage<T> start() {
            if (stage.compareAndSet(Stage.WAITING, Stage.STARTED)) {
                answer = request.get().onErrorMap(Faults::of).toFuture();
            } else {
                answer.cancel(false);
            }
            return answer;
        }

        boolean wasStarted() {
            return !stage.compareAndSet(Stage.WAITING, Stage.ABANDONED) && stage.get() == Stage.STARTED;
        }

        void abandon() {
            answer.cancel(false);
        }
    }
}
