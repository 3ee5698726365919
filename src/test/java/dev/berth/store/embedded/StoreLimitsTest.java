package dev.berth.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.Document;
import dev.berth.store.NewDocument;
import dev.berth.store.PageRequest;
import dev.berth.store.WriteResult.Written;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoreLimitsTest extends EmbeddedStoreFixture {
    private static final byte[] LARGE =
            ("{\"x\":\"" + "y".repeat(Document.BODY_BYTES_MAX - 8) + "\"}").getBytes(StandardCharsets.UTF_8);

    @Override
    EmbeddedStoreOptions options() {
        var usual = EmbeddedStoreOptions.defaults();
        return new EmbeddedStoreOptions(
                usual.freeBytesMin(),
                2 * Limits.TASK_BYTES_MAX,
                Duration.ofMillis(50),
                Duration.ofSeconds(3),
                usual.cacheBytes(),
                usual.writeBufferBytes());
    }

    @Test
    void aFullQueueRefusesAfterItsWait() throws Exception {
        store.declare(DEVICES);
        var stopped = disk.stop();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<?>>();
            for (var i = 0; i < 200; i++) {
                var key = device("d" + i);
                answers.add(callers.submit(() -> unavailableOrWritten(key)));
            }
            until(() -> answers.stream().anyMatch(Future::isDone));
            var refused = unavailable(() -> store.insert(device("late"), LARGE));
            assertThat(refused.outcomeUnknown()).isFalse();
            assertThat(refused).hasMessageContaining("too many writes");
            stopped.countDown();
            for (var answer : answers) {
                answer.get();
            }
        }
        assertThat(store.insert(device("after"), LARGE)).isInstanceOf(Written.class);
    }

    @Test
    void aDiskThatStandsStillIsNotWaitedForForever() {
        store.declare(DEVICES);
        var stopped = disk.stop();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing = callers.submit(() -> unavailable(() -> store.insert(A, TOLD)));
            until(() -> disk.writesArrived() > 1);
            var waiting = unavailable(() -> store.insert(device("b"), TOLD));
            assertThat(waiting.outcomeUnknown()).as("it never left the queue").isFalse();
            until(writing::isDone);
            assertThat(writing.resultNow().outcomeUnknown()).isTrue();
            stopped.countDown();
        }
        until(() -> store.find(A).isPresent());
        assertThat(store.find(device("b"))).isEmpty();
    }

    @Test
    void aPageOfLargeDocumentsEndsEarly() {
        var rows = IntStream.range(0, 40)
                .mapToObj(i -> new NewDocument("tenant", "d%02d".formatted(i), LARGE))
                .toList();
        store.insertAll(DEVICES, rows);
        var first = store.scan(DEVICES, "tenant", PageRequest.first(1000));
        assertThat(first.documents()).hasSizeLessThan(20);
        assertThat(first.cursor()).isNotNull();
    }

    private boolean unavailableOrWritten(dev.berth.store.Key key) {
        try {
            return store.insert(key, LARGE) instanceof Written;
        } catch (dev.berth.store.StoreUnavailableException e) {
            assertThat(e.outcomeUnknown()).isFalse();
            return false;
        }
    }
}
