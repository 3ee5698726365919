package dev.berth.store.embedded;

import dev.berth.store.StoreUnavailableException;
import dev.berth.store.embedded.StoreOpenException.Reason;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.Filter;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB in one directory. Everybody who touches it holds the lock for reading, so that closing it, or opening it anew after a fault,
 * waits for them: a closed native handle would take the process down.
 *
 * <p>A write reaches the log and is synced before RocksDB lets any reader see it, and opening moves what it found in the log into
 * synced tables: so what can be read is durable.
 */
final class Engine implements AutoCloseable {
    private static final int LOG_FILES_MAX = 4;
    private static final int LOG_FILE_BYTES_MAX = 1 << 20;
    private static final int OPEN_FILES_MAX = 512;
    private static final int WRITE_BUFFERS_MAX = 3;
    private static final int BLOOM_BITS_PER_KEY = 10;

    static {
        RocksDB.loadLibrary();
    }

    /** Something that reads. */
    @FunctionalInterface
    interface Read<T> {
        T from(RocksDB db) throws RocksDBException;
    }

    private final StoreDirectory directory;
    private final Disk disk;
    private final Cache cache;
    private final Filter filter = new BloomFilter(BLOOM_BITS_PER_KEY);
    private final Statistics statistics = new Statistics();
    private final Options options;
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private @Nullable RocksDB db;
    private boolean closed;

    Engine(StoreDirectory directory, EmbeddedStoreOptions settings, Disk disk) {
        this.directory = directory;
        this.disk = disk;
        cache = new LRUCache(settings.cacheBytes());
        options = options(settings);
        try {
            var isNew = directory.isNew();
            db = opened(isNew);
            if (isNew) {
                directory.markCreated();
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Fails with {@link StoreUnavailableException}: closed, being opened anew, or unreadable. */
    <T> T read(Read<T> read) {
        lock.readLock().lock();
        try {
            return read.from(requireOpen());
        } catch (RocksDBException e) {
            throw unavailable("the store cannot be read: " + describe(e), false, e);
        } finally {
            lock.readLock().unlock();
        }
    }

    Optional<byte[]> get(byte[] key) {
        return read(db -> Optional.ofNullable(db.get(key)));
    }

    void write(WriteBatch batch) throws RocksDBException {
        lock.readLock().lock();
        try {
            disk.write(requireOpen(), synced, batch);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The newest version that was ever given; 0 in a new store. */
    long lastVersion() {
        return get(StoredKeys.LAST_VERSION)
                .map(bytes -> ByteBuffer.wrap(bytes).getLong())
                .orElse(0L);
    }

    long freeBytes() {
        return disk.freeBytes();
    }

    /**
     * Closes and opens again: after a failed write RocksDB takes no others, and only its files say how the failed one ended. Reads
     * wait; if opening fails they fail until this is called again with more luck.
     */
    void reopen() {
        lock.writeLock().lock();
        try {
            if (db != null) {
                db.close();
                db = null;
            }
            db = opened(false);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** RocksDB's own counters. */
    Statistics statistics() {
        return statistics;
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (db != null) {
                db.close();
                db = null;
            }
            synced.close();
            options.close();
            statistics.close();
            filter.close();
            cache.close();
        } finally {
            lock.writeLock().unlock();
        }
    }

    static StoreUnavailableException unavailable(String message, boolean outcomeUnknown, @Nullable Throwable cause) {
        return new StoreUnavailableException(message, outcomeUnknown, Limits.RETRY_INTERVAL, cause);
    }

    static String describe(RocksDBException e) {
        var status = e.getStatus();
        return status == null ? String.valueOf(e.getMessage()) : status.getCodeString() + ", " + e.getMessage();
    }

    private RocksDB requireOpen() {
        if (db == null) {
            throw unavailable(closed ? "the store is closed" : "the store is being opened anew", false, null);
        }
        return db;
    }

    private RocksDB opened(boolean create) {
        try {
            return RocksDB.open(
                    options.setCreateIfMissing(create), directory.engineFiles().toString());
        } catch (RocksDBException e) {
            throw new StoreOpenException(reason(e.getStatus()), directory.path(), describe(e), e);
        }
    }

    private static Reason reason(@Nullable Status status) {
        if (status == null || status.getCode() != Status.Code.IOError) {
            return Reason.CORRUPT;
        }
        var text = String.valueOf(status.getState());
        if (status.getSubCode() == Status.SubCode.NoSpace || text.contains("No space left")) {
            return Reason.DISK_FULL;
        }
        return text.contains("Permission denied") || text.contains("Read-only") ? Reason.NOT_WRITABLE : Reason.CORRUPT;
    }

    /**
     * A torn end of the newest log is what a crash leaves; anything else unreadable stops the start. RocksDB's default, the longest
     * readable beginning, would silently drop acknowledged writes behind one damaged byte.
     */
    private Options options(EmbeddedStoreOptions settings) {
        return new Options()
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setParanoidChecks(true)
                .setWriteBufferSize(settings.writeBufferBytes())
                .setMaxWriteBufferNumber(WRITE_BUFFERS_MAX)
                .setMaxTotalWalSize(settings.writeBufferBytes() * WRITE_BUFFERS_MAX)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setMaxOpenFiles(OPEN_FILES_MAX)
                .setKeepLogFileNum(LOG_FILES_MAX)
                .setMaxLogFileSize(LOG_FILE_BYTES_MAX)
                .setStatsDumpPeriodSec(0)
                .setStatistics(statistics)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setFilterPolicy(filter)
                        .setCacheIndexAndFilterBlocks(true)
                        .setCacheIndexAndFilterBlocksWithHighPriority(true)
                        .setIndexType(IndexType.kTwoLevelIndexSearch)
                        .setPartitionFilters(true)
                        .setPinTopLevelIndexAndFilter(true));
    }
}
