package dev.berth.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;

/** Group commit as the embedded store does it, around any engine: so that engines are compared and not ways of using them. */
abstract class GroupedCandidate implements Candidate {
    private static final int QUEUE_MAX = 1_000;

    private record Task(List<Row> rows, CompletableFuture<Void> done) {}

    private final ArrayBlockingQueue<Task> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final Thread writer = Thread.ofPlatform().daemon().unstarted(this::run);

    /** Writes all rows in one durable transaction. Called by one thread. */
    abstract void commit(List<Row> rows) throws Exception;

    abstract void closeEngine() throws Exception;

    final void start() {
        writer.start();
    }

    @Override
    public final void insert(List<Row> rows) {
        var task = new Task(rows, new CompletableFuture<>());
        try {
            queue.put(task);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        task.done().join();
    }

    @Override
    public final void close() {
        insert(List.of());
        writer.interrupt();
        try {
            writer.join();
            closeEngine();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void run() {
        try {
            while (true) {
                var tasks = new ArrayList<Task>(List.of(queue.take()));
                queue.drainTo(tasks);
                commit(tasks.stream().flatMap(task -> task.rows().stream()).toList());
                tasks.forEach(task -> task.done().complete(null));
            }
        } catch (InterruptedException e) {
            // closed
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
