package dev.berth.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.PageRequest;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.WriteResult.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class StoreCloseTest extends EmbeddedStoreFixture {
    @RepeatedTest(10)
    void closingUnderLoadEndsEveryCallAndLosesNoAcknowledgedWrite() throws Exception {
        var acknowledged = new ArrayList<Future<List<String>>>();
        var busy = new AtomicInteger();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 32; i++) {
                var name = "c" + i + "-";
                acknowledged.add(callers.submit(() -> writeUntilClosed(name, busy)));
            }
            for (var i = 0; i < 8; i++) {
                callers.submit(() -> readUntilClosed(busy)).state();
            }
            until(() -> busy.get() > 500);
            store.close();
        }
        openStore();
        for (var answer : acknowledged) {
            assertThat(answer.get())
                    .allSatisfy(id -> assertThat(store.find(device(id))).isPresent());
        }
    }

    @Test
    void writesThatWaitWhenItClosesAreFinished() throws Exception {
        store.declare(DEVICES);
        var stopped = disk.stop();
        var arrived = disk.writesArrived();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = callers.submit(() -> store.insert(A, TOLD));
            until(() -> disk.writesArrived() > arrived);
            var second = callers.submit(() -> store.insert(device("b"), TOLD));
            until(() -> store.queued() == 1);
            var closing = callers.submit(() -> store.close());
            until(() -> store.queued() == 2);
            assertThat(unavailable(() -> store.insert(device("c"), TOLD)).outcomeUnknown())
                    .isFalse();
            stopped.countDown();
            closing.get();
            assertThat(List.of(first.get(), second.get())).allMatch(Written.class::isInstance);
        }
    }

    private List<String> writeUntilClosed(String name, AtomicInteger busy) {
        var written = new ArrayList<String>();
        for (var i = 0; ; i++) {
            try {
                store.insert(device(name + i), TOLD);
                written.add(name + i);
                busy.incrementAndGet();
            } catch (StoreUnavailableException e) {
                assertThat(e.outcomeUnknown()).isFalse();
                return written;
            }
        }
    }

    private int readUntilClosed(AtomicInteger busy) {
        for (var i = 0; ; i++) {
            try {
                store.find(device("c1-" + i));
                store.scan(DEVICES, "state", "told", PageRequest.first(10));
                busy.incrementAndGet();
            } catch (StoreUnavailableException e) {
                return i;
            }
        }
    }
}
