package dev.berth.store.embedded;

import dev.berth.store.Collection;
import dev.berth.store.WriteResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What waits for the writer thread, and the answer its caller waits for. */
sealed interface Task {
    CompletableFuture<List<WriteResult>> answer();

    int bytes();

    record Changes(List<Change> changes, int bytes, CompletableFuture<List<WriteResult>> answer) implements Task {
        static Changes of(List<Change> changes) {
            return new Changes(changes, changes.stream().mapToInt(Change::bytes).sum(), new CompletableFuture<>());
        }
    }

    /** The collection's indexes are to be those it names. */
    record Declaration(Collection collection, CompletableFuture<List<WriteResult>> answer) implements Task {
        @Override
        public int bytes() {
            return Limits.ROW_BYTES_EXTRA;
        }
    }

    /** Nothing comes after it. */
    record Stop(CompletableFuture<List<WriteResult>> answer) implements Task {
        @Override
        public int bytes() {
            return 0;
        }
    }
}
