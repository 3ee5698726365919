package dev.berth.store.embedded;

import dev.berth.store.Collection;
import dev.berth.store.Key;
import dev.berth.store.NewDocument;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.WriteResult;
import dev.berth.store.embedded.Change.Contents;
import dev.berth.store.embedded.Change.Insert;
import dev.berth.store.embedded.Task.Changes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Many inserts in bounded tasks: while one becomes durable the next is being prepared. */
final class BulkInsert {
    private static final int TASKS_IN_FLIGHT_MAX = 3;

    private final GroupCommit writer;
    private final Duration wait;
    private final ArrayDeque<Changes> inFlight = new ArrayDeque<>();
    private final List<WriteResult> results = new ArrayList<>();

    BulkInsert(GroupCommit writer, Duration wait) {
        this.writer = writer;
        this.wait = wait;
    }

    List<WriteResult> run(Collection collection, List<NewDocument> documents) {
        try {
            for (var next = 0; next < documents.size(); ) {
                var task = task(collection, documents.subList(next, documents.size()));
                next += task.changes().size();
                send(task);
            }
            while (!inFlight.isEmpty()) {
                receive();
            }
            return results;
        } catch (StoreUnavailableException e) {
            throw new StoreUnavailableException(
                    String.valueOf(e.getMessage()), isAnySent() || e.outcomeUnknown(), e.retryAfter(), e);
        }
    }

    private boolean isAnySent() {
        return !results.isEmpty() || !inFlight.isEmpty();
    }

    private void send(Changes task) {
        if (inFlight.size() == TASKS_IN_FLIGHT_MAX) {
            receive();
        }
        writer.submit(task);
        inFlight.add(task);
    }

    private void receive() {
        results.addAll(writer.await(inFlight.remove(), wait));
    }

    private static Changes task(Collection collection, List<NewDocument> rest) {
        var changes = new ArrayList<Change>();
        var bytes = 0;
        for (var document : rest) {
            if (changes.size() == Limits.TASK_ROWS_MAX || bytes >= Limits.TASK_BYTES_SOFT) {
                break;
            }
            var key = new Key(collection, document.partition(), document.id());
            changes.add(new Insert(key, Contents.of(collection, document.body())));
            bytes += document.body().length;
        }
        return Changes.of(changes);
    }
}
