package dev.berth.store.embedded;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** A disk that fails, fills up or stands still as told. */
final class FaultyDisk implements Disk {
    /** When a write fails: before anything was written, or after everything was. */
    enum Failure {
        BEFORE,
        AFTER
    }

    private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile Disk disk = () -> 0;
    private final AtomicInteger arrived = new AtomicInteger();
    private volatile long stolenBytes;

    FaultyDisk over(Disk real) {
        disk = real;
        return this;
    }

    /** The next write fails with a full disk. */
    void failNext(Failure when) {
        failure.set(when);
    }

    void steal(long bytes) {
        stolenBytes = bytes;
    }

    /** Writes stand still until the latch opens. */
    CountDownLatch stop() {
        var closed = new CountDownLatch(1);
        gate = closed;
        return closed;
    }

    int writesArrived() {
        return arrived.get();
    }

    @Override
    public long freeBytes() {
        return disk.freeBytes() - stolenBytes;
    }

    @Override
    public void write(RocksDB db, WriteOptions options, WriteBatch batch) throws RocksDBException {
        arrived.incrementAndGet();
        awaitOpen(gate);
        var now = failure.getAndSet(null);
        if (now == Failure.BEFORE) {
            throw full();
        }
        disk.write(db, options, batch);
        if (now == Failure.AFTER) {
            throw full();
        }
    }

    private static void awaitOpen(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RocksDBException full() {
        return new RocksDBException(
                "No space left on device",
                new Status(Status.Code.IOError, Status.SubCode.NoSpace, "No space left on device"));
    }
}
