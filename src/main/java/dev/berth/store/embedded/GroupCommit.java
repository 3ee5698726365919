package dev.berth.store.embedded;

import dev.berth.store.StoreListener;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.WriteResult;
import dev.berth.store.WriteResult.Written;
import dev.berth.store.embedded.Task.Changes;
import dev.berth.store.embedded.Task.Declaration;
import dev.berth.store.embedded.Task.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.rocksdb.RocksDBException;

/**
 * The one thread that writes. A sync costs the same for one write as for a thousand, so the thread takes everything that came while
 * the last sync ran, judges it in order, makes it durable in one batch and then answers all its callers. A lone write waits for one
 * sync; under load the groups grow by themselves. Conditions are checked by this thread alone, so they need no locks.
 *
 * <p>The queue is bounded by the bytes in it: every task pays its weight before it enters and gets it back with its answer.
 */
final class GroupCommit implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());

    private final Engine engine;
    private final Indexes indexes;
    private final EmbeddedStoreOptions options;
    private final StoreListener listener;
    private final DiskGuard guard;
    private final LinkedBlockingQueue<Task> queue = new LinkedBlockingQueue<>();
    private final Semaphore room;
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean stopped;
    private long lastVersion;

    GroupCommit(Engine engine, Indexes indexes, EmbeddedStoreOptions options, StoreListener listener) {
        this.engine = engine;
        this.indexes = indexes;
        this.options = options;
        this.listener = listener;
        guard = new DiskGuard(engine, options, listener);
        room = new Semaphore(options.queueBytesMax());
        lastVersion = engine.lastVersion();
        thread = Thread.ofPlatform().name("berth-store-writer").daemon().start(this::run);
    }

    /** Enters the queue, waiting a while for room. */
    void submit(Task task) {
        if (closing) {
            throw closed();
        }
        takeRoom(task.bytes());
        queue.add(task);
        if (stopped && queue.remove(task)) {
            room.release(task.bytes());
            throw closed();
        }
    }

    /** The answer, once it is durable. The wait is bounded by {@link EmbeddedStoreOptions#answerWaitMax}. */
    List<WriteResult> await(Task task, Duration wait) {
        try {
            return task.answer().get(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StoreUnavailableException unavailable
                    ? new StoreUnavailableException(
                            String.valueOf(unavailable.getMessage()),
                            unavailable.outcomeUnknown(),
                            unavailable.retryAfter(),
                            unavailable)
                    : Engine.unavailable("the store failed", true, e.getCause());
        } catch (TimeoutException e) {
            throw givenUp(task, "the disk did not answer within " + wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw givenUp(task, "interrupted");
        }
    }

    int queued() {
        return queue.size();
    }

    /** Lets everything that waits finish, then refuses the rest. */
    @Override
    public void close() {
        if (!closing) {
            closing = true;
            queue.add(new Stop(new CompletableFuture<>()));
        }
        var interrupted = false;
        while (true) {
            try {
                if (!thread.join(Limits.CLOSE_WAIT_MAX)) {
                    throw new IllegalStateException(
                            "the disk does not answer; the store stays open until the process ends");
                }
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeRoom(int bytes) {
        try {
            if (!room.tryAcquire(bytes, options.queueWaitMax().toNanos(), TimeUnit.NANOSECONDS)) {
                throw Engine.unavailable("too many writes are waiting for the disk", false, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Engine.unavailable("interrupted", false, e);
        }
    }

    private StoreUnavailableException givenUp(Task task, String reason) {
        var neverTaken = queue.remove(task);
        if (neverTaken) {
            room.release(task.bytes());
        }
        return Engine.unavailable(reason, !neverTaken, null);
    }

    private void run() {
        while (!stopped) {
            try {
                step();
            } catch (InterruptedException e) {
                LOG.log(System.Logger.Level.WARNING, "nobody may interrupt the writer thread; it goes on", e);
            }
        }
        for (var late = queue.poll(); late != null; late = queue.poll()) {
            refuse(late, closed());
        }
    }

    private void step() throws InterruptedException {
        var first = queue.poll(Limits.RETRY_INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
        var obstacle = guard.obstacle();
        switch (first) {
            case null -> {}
            case Stop _ -> stopped = true;
            case Task task when obstacle != null -> refuse(task, Engine.unavailable(obstacle, false, null));
            case Declaration declaration -> declare(declaration);
            case Changes changes -> commit(group(changes));
        }
    }

    private List<Changes> group(Changes first) {
        var group = new ArrayList<Changes>();
        group.add(first);
        var bytes = first.bytes();
        while (bytes < Limits.GROUP_BYTES_SOFT
                && queue.peek() instanceof Changes
                && queue.poll() instanceof Changes next) {
            group.add(next);
            bytes += next.bytes();
        }
        return group;
    }

    private void commit(List<Changes> tasks) {
        var began = System.nanoTime();
        var results = new ArrayList<List<WriteResult>>(tasks.size());
        try (var group = new Group(engine, () -> ++lastVersion)) {
            for (var task : tasks) {
                results.add(judge(group, task));
            }
            group.commit();
        } catch (RocksDBException | RuntimeException | Error e) {
            fail(tasks, results, e);
            return;
        }
        // Before the answers, so that whoever has one finds its write counted.
        var writes = results.stream().mapToInt(List::size).sum();
        listener.committed(writes, Duration.ofNanos(System.nanoTime() - began), queue.size());
        for (var i = 0; i < tasks.size(); i++) {
            answer(tasks.get(i), results.get(i));
        }
    }

    private static List<WriteResult> judge(Group group, Changes task) throws RocksDBException {
        var results = new ArrayList<WriteResult>(task.changes().size());
        for (var change : task.changes()) {
            results.add(group.judge(change));
        }
        return results;
    }

    private void answer(Task task, List<WriteResult> results) {
        room.release(task.bytes());
        task.answer().complete(results);
    }

    private void refuse(Task task, StoreUnavailableException why) {
        room.release(task.bytes());
        task.answer().completeExceptionally(why);
    }

    private void declare(Declaration declaration) {
        try {
            indexes.declare(declaration.collection());
            answer(declaration, List.of());
        } catch (RocksDBException | RuntimeException | Error e) {
            fail(List.of(declaration), List.of(), e);
        }
    }

    /** Where nothing would have been written, the outcome is known in spite of the failure. */
    private void fail(List<? extends Task> tasks, List<List<WriteResult>> results, Throwable failure) {
        var reason = guard.failed(failure);
        for (var i = 0; i < tasks.size(); i++) {
            var unknown =
                    results.size() == tasks.size() && results.get(i).stream().anyMatch(Written.class::isInstance);
            refuse(tasks.get(i), Engine.unavailable(reason, unknown, failure));
        }
    }

    private static StoreUnavailableException closed() {
        return Engine.unavailable("the store is closed", false, null);
    }
}
