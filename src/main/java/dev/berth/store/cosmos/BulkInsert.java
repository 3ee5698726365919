package dev.berth.store.cosmos;

import dev.berth.store.Collection;
import dev.berth.store.Key;
import dev.berth.store.NewDocument;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.WriteResult;
import dev.berth.store.WriteResult.Conflict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Many inserts, each a request of its own, so many at once. The account charges them the same in a batch, and a batch would tell less about each.
 */
final class BulkInsert {
    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("bulk-insert").start(task);

    private final Semaphore places;
    private final Function<Change.Insert, WriteResult> insert;
    private final List<CompletableFuture<WriteResult>> sent = new ArrayList<>();
    private volatile boolean failed;

    BulkInsert(int inFlightMax, Function<Change.Insert, WriteResult> insert) {
        this.places = new Semaphore(inFlightMax);
        this.insert = insert;
    }

    List<WriteResult> run(Collection collection, List<NewDocument> documents, Marks marks) {
        var changes = documents.stream()
                .map(document -> change(collection, document, marks))
                .toList();
        var keys = new HashSet<Key>();
        for (var change : changes) {
            if (failed) {
                break;
            }
            // Of two documents of one name the first counts, whichever would arrive first.
            sent.add(keys.add(change.key()) ? send(change) : CompletableFuture.completedFuture(new Conflict()));
        }
        return results();
    }

    private static Change.Insert change(Collection collection, NewDocument document, Marks marks) {
        var key = new Key(collection, document.partition(), document.id());
        return new Change.Insert(key, Item.of(key, document.body(), marks.next()));
    }

    private CompletableFuture<WriteResult> send(Change.Insert change) {
        places.acquireUninterruptibly();
        return CompletableFuture.supplyAsync(() -> insert.apply(change), THREADS)
                .whenComplete((_, failure) -> {
                    failed |= failure != null;
                    places.release();
                });
    }

    /** All that were sent are waited for, so that nothing is written any more when a failure is told. */
    private List<WriteResult> results() {
        var results = new ArrayList<WriteResult>();
        RuntimeException failure = null;
        for (var each : sent) {
            try {
                results.add(each.join());
            } catch (CompletionException e) {
                failure = failure == null ? unwrapped(e) : failure;
            }
        }
        if (failure instanceof StoreUnavailableException store) {
            throw new StoreUnavailableException(
                    String.valueOf(store.getMessage()),
                    !results.isEmpty() || store.outcomeUnknown(),
                    store.retryAfter(),
                    store);
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    private static RuntimeException unwrapped(CompletionException failure) {
        return failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
}
