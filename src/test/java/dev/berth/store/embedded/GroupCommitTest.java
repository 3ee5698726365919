package dev.berth.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.StoreListener;
import dev.berth.store.WriteResult;
import dev.berth.store.WriteResult.Conflict;
import dev.berth.store.WriteResult.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rocksdb.TickerType;

class GroupCommitTest extends EmbeddedStoreFixture {
    private final List<Integer> groups = new CopyOnWriteArrayList<>();

    @Override
    StoreListener listener() {
        return new StoreListener() {
            @Override
            public void committed(int writes, Duration duration, int queued) {
                groups.add(writes);
            }
        };
    }

    @Test
    void whatWaitsForTheDiskBecomesDurableInOneSync() {
        var results = whileTheDiskStands(IntStream.range(0, 100)
                .mapToObj(i -> call(() -> store.insert(device("d" + i), TOLD)))
                .toList());
        assertThat(results).allMatch(Written.class::isInstance);
        assertThat(groups).containsExactly(1, 100);
    }

    @Test
    void everyGroupIsSyncedOnce() {
        store.declare(DEVICES);
        var syncs = syncs();
        var bytes = store.engine().statistics().getTickerCount(TickerType.WAL_FILE_BYTES);
        for (var i = 0; i < 50; i++) {
            store.insert(device("d" + i), TOLD);
        }
        assertThat(syncs() - syncs).isEqualTo(50);
        assertThat(store.engine().statistics().getTickerCount(TickerType.WAL_FILE_BYTES) - bytes)
                .isGreaterThan(50L * TOLD.length);
        store.insert(device("d0"), TOLD);
        assertThat(syncs() - syncs).as("a conflict writes nothing").isEqualTo(50);
    }

    @Test
    void writesOfOneGroupAreJudgedOneAfterTheOther() {
        var version = written(store.insert(A, TOLD));
        var results = whileTheDiskStands(List.of(
                call(() -> store.replace(A, REGISTERED, version)),
                call(() -> store.replace(A, TOLD, version)),
                call(() -> store.delete(A, version)),
                call(() -> store.insert(device("b"), TOLD)),
                call(() -> store.insert(device("b"), REGISTERED))));
        assertThat(results.get(0)).isInstanceOf(Written.class);
        assertThat(results.subList(1, 3)).containsOnly(new Conflict());
        assertThat(results.get(3)).isInstanceOf(Written.class);
        assertThat(results.get(4)).isEqualTo(new Conflict());
        assertThat(store.find(A).orElseThrow().body()).isEqualTo(REGISTERED);
        assertThat(groups).last().isEqualTo(5);
    }

    @Test
    void aDeletedDocumentCanBeInsertedInTheSameGroup() {
        var version = written(store.insert(A, TOLD));
        var results = whileTheDiskStands(
                List.of(call(() -> store.delete(A, version)), call(() -> store.insert(A, REGISTERED))));
        assertThat(results).allMatch(Written.class::isInstance);
        assertThat(store.find(A).orElseThrow().version()).isNotEqualTo(version);
    }

    @Test
    void readsShowNothingThatIsNotDurableYet() {
        var version = written(store.insert(A, TOLD));
        var stopped = disk.stop();
        var arrived = disk.writesArrived();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var replaced = callers.submit(() -> store.replace(A, REGISTERED, version));
            until(() -> disk.writesArrived() > arrived);
            assertThat(store.find(A).orElseThrow().version()).isEqualTo(version);
            assertThat(replaced.isDone()).isFalse();
            stopped.countDown();
        }
        assertThat(store.find(A).orElseThrow().body()).isEqualTo(REGISTERED);
    }

    @Test
    void versionsGoOnAfterARestart() {
        var before = written(store.insert(A, TOLD));
        store.delete(A, before);
        reopen();
        assertThat(Long.parseLong(written(store.insert(A, TOLD)), Character.MAX_RADIX))
                .isGreaterThan(Long.parseLong(before, Character.MAX_RADIX));
    }

    private long syncs() {
        return store.engine().statistics().getTickerCount(TickerType.WAL_FILE_SYNCED);
    }

    private static Supplier<WriteResult> call(Supplier<WriteResult> call) {
        return call;
    }

    /** Makes the calls, in this order, while an earlier write stands still, so that all of them wait. */
    private List<WriteResult> whileTheDiskStands(List<Supplier<WriteResult>> calls) {
        store.declare(DEVICES);
        groups.clear();
        var stopped = disk.stop();
        var arrived = disk.writesArrived();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = CompletableFuture.supplyAsync(() -> store.insert(device("first"), TOLD), callers);
            until(() -> disk.writesArrived() > arrived);
            var answers = new ArrayList<CompletableFuture<WriteResult>>();
            for (var call : calls) {
                answers.add(CompletableFuture.supplyAsync(call, callers));
                until(() -> store.queued() == answers.size());
            }
            stopped.countDown();
            assertThat(first.join()).isInstanceOf(Written.class);
            return answers.stream().map(CompletableFuture::join).toList();
        }
    }
}
