package dev.berth.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.Collection;
import dev.berth.store.PageRequest;
import dev.berth.store.StoreListener;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.WriteResult.Conflict;
import dev.berth.store.embedded.FaultyDisk.Failure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class DiskFaultTest extends EmbeddedStoreFixture {
    private static final long ALL = 1L << 50;
    private static final int FAILURES = 4;

    private final List<String> announced = new CopyOnWriteArrayList<>();

    @Override
    StoreListener listener() {
        return new StoreListener() {
            @Override
            public void suspended(String reason) {
                announced.add("suspended");
            }

            @Override
            public void resumed() {
                announced.add("resumed");
            }
        };
    }

    @Test
    void aNearlyFullDiskRefusesWritesAndGoesOnReading() {
        var version = written(store.insert(A, TOLD));
        disk.steal(ALL);
        var refused = unavailable(() -> store.replace(A, REGISTERED, version));
        assertThat(refused.outcomeUnknown()).isFalse();
        assertThat(refused.retryAfter()).isPositive();
        assertThat(refused).hasMessageContaining("bytes left");
        assertThat(store.find(A).orElseThrow().body()).isEqualTo(TOLD);
        assertThat(store.scan(DEVICES, "state", "told", PageRequest.first(9)).documents())
                .hasSize(1);
    }

    @Test
    void writesAreTakenAgainWhenSpaceReturns() {
        disk.steal(ALL);
        unavailable(() -> store.insert(A, TOLD));
        disk.steal(0);
        written(store.insert(A, TOLD));
        assertThat(announced).containsExactly("suspended", "resumed");
    }

    @Test
    void whatResumesIsTheStoreItselfNotItsCallers() {
        disk.steal(ALL);
        unavailable(() -> store.insert(A, TOLD));
        disk.steal(0);
        until(() -> announced.equals(List.of("suspended", "resumed")));
    }

    @Test
    void aFailedWriteHasAnUnknownOutcomeUntilItIsRead() {
        for (var failure : Failure.values()) {
            var key = device("failed-" + failure);
            store.declare(DEVICES);
            disk.failNext(failure);
            var unknown = unavailable(() -> store.insert(key, TOLD));
            assertThat(unknown.outcomeUnknown()).isTrue();
            afterResuming(() -> assertThat(store.find(key).isPresent()).isEqualTo(failure == Failure.AFTER));
        }
    }

    @Test
    void versionsOfAFailedWriteAreNotGivenAgain() {
        store.declare(DEVICES);
        disk.failNext(Failure.AFTER);
        unavailable(() -> store.insert(A, TOLD));
        afterResuming(() -> {
            var lost = store.find(A).orElseThrow().version();
            assertThat(written(store.replace(A, REGISTERED, lost))).isNotEqualTo(lost);
        });
    }

    @Test
    void aConflictInAFailedGroupIsKnownToHaveWrittenNothing() {
        var version = written(store.insert(A, TOLD));
        store.delete(A, version);
        disk.failNext(Failure.BEFORE);
        assertThat(store.replace(A, TOLD, version)).isEqualTo(new Conflict());
        assertThat(unavailable(() -> store.insert(A, TOLD)).outcomeUnknown()).isTrue();
    }

    @Test
    void acknowledgedDocumentsSurviveEveryFailure() {
        for (var i = 0; i < FAILURES; i++) {
            var key = device("d" + i);
            afterResuming(() -> written(store.insert(key, TOLD)));
            disk.failNext(i % 2 == 0 ? Failure.BEFORE : Failure.AFTER);
            var other = device("x" + i);
            unavailable(() -> store.insert(other, TOLD));
        }
        afterResuming(() -> assertThat(store.insert(device("last"), TOLD)).isNotNull());
        reopen();
        for (var i = 0; i < FAILURES; i++) {
            assertThat(store.find(device("d" + i))).isPresent();
            assertThat(store.find(device("x" + i)).isPresent()).isEqualTo(i % 2 == 1);
        }
    }

    @Test
    void anIndexThatCouldNotBeDeclaredIsDeclaredLater() {
        var collection = Collection.of("ledgers", "scope");
        disk.failNext(Failure.BEFORE);
        var refused = unavailable(() -> store.scan(collection, "scope", "x", PageRequest.first(1)));
        assertThat(refused.outcomeUnknown()).isFalse();
        afterResuming(() -> assertThat(store.scan(collection, "scope", "x", PageRequest.first(1))
                        .documents())
                .isEmpty());
    }

    private static void afterResuming(Runnable call) {
        until(() -> {
            try {
                call.run();
                return true;
            } catch (StoreUnavailableException e) {
                assertThat(e.outcomeUnknown()).isFalse();
                return false;
            }
        });
    }
}
