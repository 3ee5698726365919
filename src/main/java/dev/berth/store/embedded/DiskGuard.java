package dev.berth.store.embedded;

import dev.berth.store.StoreListener;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Knows whether writing makes sense. It does not while the disk is nearly full, nor after a failed write until the engine was opened
 * anew; whether it does again is looked at once per {@link Limits#RETRY_INTERVAL}. Writer thread only.
 */
final class DiskGuard {
    private static final System.Logger LOG = System.getLogger(DiskGuard.class.getName());

    private final Engine engine;
    private final EmbeddedStoreOptions options;
    private final StoreListener listener;
    private @Nullable String fault;
    private @Nullable String announced;
    private long nextAttempt = System.nanoTime();

    DiskGuard(Engine engine, EmbeddedStoreOptions options, StoreListener listener) {
        this.engine = engine;
        this.options = options;
        this.listener = listener;
    }

    /** Why no write may be tried now; null if one may. */
    @Nullable String obstacle() {
        var obstacle = tooFull();
        if (obstacle == null && fault != null) {
            obstacle = repaired();
        }
        announce(obstacle);
        return obstacle;
    }

    /** A write failed. Returns the reason as its caller may see it. */
    String failed(Throwable failure) {
        var reason = failure instanceof RocksDBException e ? Engine.describe(e) : failure.toString();
        fault = "the store could not write: " + reason;
        announce(fault);
        return fault;
    }

    private @Nullable String tooFull() {
        var free = engine.freeBytes();
        return free >= options.freeBytesMin()
                ? null
                : "the disk of the store has only " + free + " bytes left; it takes writes again at "
                        + options.freeBytesMin();
    }

    private @Nullable String repaired() {
        if (System.nanoTime() - nextAttempt < 0) {
            return fault;
        }
        nextAttempt = System.nanoTime() + Limits.RETRY_INTERVAL.toNanos();
        try {
            engine.reopen();
            fault = null;
        } catch (StoreOpenException e) {
            fault = e.getMessage();
        }
        return fault;
    }

    private void announce(@Nullable String obstacle) {
        if ((obstacle == null) == (announced == null)) {
            return;
        }
        announced = obstacle;
        if (obstacle == null) {
            LOG.log(System.Logger.Level.INFO, "the store takes writes again");
            listener.resumed();
        } else {
            LOG.log(System.Logger.Level.ERROR, "the store takes no writes: {0}", obstacle);
            listener.suspended(obstacle);
        }
    }
}
