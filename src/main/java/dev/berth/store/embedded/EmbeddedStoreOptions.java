package dev.berth.store.embedded;

import java.time.Duration;

/**
 * What an operator may want to set; {@link #defaults} suits a small machine.
 *
 * @param freeBytesMin writes are refused while the disk has less left, so that reading, restarting and compacting still work; they are
 *     taken again when it has
 * @param queueBytesMax writes that wait for the disk, in bytes; at most 1 GiB
 * @param queueWaitMax how long a write may wait for its place in the queue
 * @param answerWaitMax how long a write may wait for the disk
 * @param cacheBytes uncompressed blocks kept in memory
 * @param writeBufferBytes newest documents kept in memory, three times; a restart reads at most that much log
 */
public record EmbeddedStoreOptions(
        long freeBytesMin,
        int queueBytesMax,
        Duration queueWaitMax,
        Duration answerWaitMax,
        long cacheBytes,
        long writeBufferBytes) {
    private static final int MIB = 1 << 20;
    private static final int QUEUE_BYTES_MIN = 2 * Limits.TASK_BYTES_MAX;

    public EmbeddedStoreOptions {
        if (queueBytesMax < QUEUE_BYTES_MIN || queueBytesMax > 1024 * MIB) {
            throw new IllegalArgumentException("queueBytesMax is between " + QUEUE_BYTES_MIN + " and 1 GiB");
        }
    }

    public static EmbeddedStoreOptions defaults() {
        return new EmbeddedStoreOptions(
                128L * MIB, 64 * MIB, Duration.ofSeconds(2), Duration.ofSeconds(30), 64L * MIB, 32L * MIB);
    }
}
