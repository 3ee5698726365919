package dev.berth.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.fence.FenceEvents.Breaker;
import dev.berth.fence.FenceEvents.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.junit.jupiter.api.Test;

class FenceTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<Breaker> breakers = new CopyOnWriteArrayList<>();

    @Test
    void whatSucceedsIsNothingToTell() throws Exception {
        var fence = fence(LONG, 2, 4, LONG);
        assertThat(fence.repeating(() -> fence.once(() -> CompletableFuture.completedFuture("done"))))
                .isEqualTo("done");
        assertThat(events).isEmpty();
    }

    @Test
    void whatIsWorthItIsRepeatedAsOftenAsMayBe() {
        var calls = new AtomicInteger();
        assertThatThrownBy(() -> fence(LONG, 2, 4, LONG).repeating(() -> {
                    calls.incrementAndGet();
                    throw new IOException("for the moment");
                }))
                .isInstanceOf(IOException.class);
        assertThat(calls).hasValue(3);
        assertThat(events).containsExactly(Event.REPEATED, Event.REPEATED);
    }

    @Test
    void whatIsNotWorthItIsNotRepeated() {
        assertThatThrownBy(() -> fence(LONG, 2, 4, LONG).repeating(() -> {
                    throw new IllegalArgumentException("for good");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(events).isEmpty();
    }

    @Test
    void aRequestThatTakesTooLongIsGivenUp() {
        var fence = fence(Duration.ofMillis(50), 0, 4, LONG);
        assertThatThrownBy(() -> fence.once(CompletableFuture::new)).isInstanceOf(TimeoutException.class);
        assertThat(events).containsExactly(Event.LATE);
    }

    @Test
    void oneMoreThanMayWaitIsRefused() throws Exception {
        var fence = fence(LONG, 0, 4, LONG);
        var answer = new CompletableFuture<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var requests = new ExecutorCompletionService<String>(threads);
            for (int i = 0; i < 3; i++) {
                requests.submit(() -> fence.once(() -> answer)); // one is sent, one waits, one is too many
            }
            assertThat(requests.take().exceptionNow()).isInstanceOf(BulkheadException.class);
            assertThat(events).containsExactly(Event.REFUSED);
            answer.complete("done");
            assertThat(requests.take().get()).isEqualTo("done");
            assertThat(requests.take().get()).isEqualTo("done");
        }
    }

    @Test
    void aServerThatFailsIsSparedAndThenTriedAgain() throws Exception {
        var fence = fence(LONG, 0, 2, Duration.ofMillis(20));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> fence.once(() -> CompletableFuture.failedFuture(new IOException("away"))))
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> fence.once(() -> CompletableFuture.completedFuture("done")))
                .isInstanceOf(CircuitBreakerOpenException.class);
        assertThat(events).containsExactly(Event.SPARED);
        assertThat(breakers).containsExactly(Breaker.OPEN);
        while (breakers.size() < 3) {
            try {
                assertThat(fence.once(() -> CompletableFuture.completedFuture("done")))
                        .isEqualTo("done");
            } catch (CircuitBreakerOpenException stillOpen) {
                Thread.onSpinWait();
            }
        }
        assertThat(breakers).containsExactly(Breaker.OPEN, Breaker.HALF_OPEN, Breaker.CLOSED);
    }

    private Fence fence(Duration timeMax, int retriesMax, int breakAfter, Duration breakFor) {
        var limits = new FenceLimits(
                timeMax, 1, 1, retriesMax, LONG.multipliedBy(2), Duration.ofMillis(2), LONG, breakAfter, breakFor);
        var rules = new FenceRules(IOException.class::isInstance, IOException.class::isInstance);
        return new Fence("test", limits, rules, new FenceEvents() {
            @Override
            public void happened(Event event) {
                events.add(event);
            }

            @Override
            public void breaker(Breaker state) {
                breakers.add(state);
            }
        });
    }
}
