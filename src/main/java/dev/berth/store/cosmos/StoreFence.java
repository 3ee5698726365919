package dev.berth.store.cosmos;

import dev.berth.fence.Fence;
import dev.berth.fence.FenceEvents;
import dev.berth.fence.FenceRules;
import dev.berth.store.StoreListener;
import dev.berth.store.cosmos.Fault.Kind;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import reactor.core.publisher.Mono;

/**
 * The fence around the requests to the account, in the words of the store: what it does not let through is a {@link Fault}. While the breaker is open the store counts as suspended; a request that is let through after a while and succeeds ends that.
 */
final class StoreFence {
    private final CosmosLimits limits;
    private final StoreListener listener;
    private final BooleanSupplier renewKey;
    private final Fence fence;

    /** @param renewKey asked after a 401: whether there is another key now */
    StoreFence(CosmosLimits limits, StoreListener listener, BooleanSupplier renewKey) {
        this.renewKey = renewKey;
        this.limits = limits;
        this.listener = listener;
        this.fence = new Fence(
                "Cosmos DB",
                limits.fence(),
                new FenceRules(
                        thrown -> thrown instanceof Fault fault && fault.isWorthRepeating(),
                        thrown -> thrown instanceof Fault fault && fault.showsAnOutage()),
                new Told());
    }

    /** Passes on what happens, and tells when the store is suspended. */
    private final class Told implements FenceEvents {
        @Override
        public void happened(Event event) {
            listener.fence().happened(event);
        }

        @Override
        public void breaker(Breaker state) {
            listener.fence().breaker(state);
            switch (state) {
                case OPEN -> listener.suspended("the store cannot be reached, or does not answer");
                case CLOSED -> listener.resumed();
                case HALF_OPEN -> {}
            }
        }
    }

    /** Repeats {@code call} while it throws what is {@linkplain Fault#isWorthRepeating worth that}. */
    <T> T repeating(Callable<T> call) {
        try {
            return fence.repeating(call);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw fault(e, false);
        }
    }

    /** One request: its answer, or a {@link Fault}, or the caller's mistake. */
    <T> T once(Supplier<Mono<T>> request) {
        var sending = new Sending<>(request);
        try {
            return fence.once(sending::start);
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
