package dev.berth.store.embedded;

import dev.berth.store.Document;
import java.time.Duration;

/** The limits of the embedded store that nobody needs to set. */
final class Limits {
    /** Rows of a bulk insert that wait, are judged and become durable together. */
    static final int TASK_ROWS_MAX = 1_000;

    /** The same in bytes: passed by at most one row. */
    static final int TASK_BYTES_SOFT = 1 << 20;

    /** What a write costs in the queue beside its body: names, index entries, objects. */
    static final int ROW_BYTES_EXTRA = 4 * 1024;

    static final int TASK_BYTES_MAX = TASK_BYTES_SOFT + Document.BODY_BYTES_MAX + TASK_ROWS_MAX * ROW_BYTES_EXTRA;

    /** A group takes no more tasks once it has this many bytes: the longest that one sync may take. */
    static final int GROUP_BYTES_SOFT = 4 << 20;

    /** A page ends early once it has this many bytes. */
    static final int PAGE_BYTES_SOFT = 4 << 20;

    /** How often a suspended store looks whether it can go on, and what it tells its callers to wait. */
    static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

    /** How long closing waits for the writes that are under way. */
    static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(60);

    /** Rows between two syncs, and between two lines of progress, while an index is built. */
    static final int REBUILD_ROWS_MAX = 10_000;

    /** Disagreements that a verification lists before it only counts. */
    static final int FINDINGS_MAX = 100;

    private Limits() {}
}
