package dev.berth.store.embedded;

import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** What the store asks of the disk. Tests put their faults here. */
interface Disk {
    /** Bytes that may still be written. */
    long freeBytes();

    /** Makes the batch durable; after an exception it may be or not. */
    default void write(RocksDB db, WriteOptions options, WriteBatch batch) throws RocksDBException {
        db.write(options, batch);
    }
}
