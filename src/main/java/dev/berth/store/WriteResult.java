package dev.berth.store;

/** How a conditional write ended; both ends are expected. */
public sealed interface WriteResult {
    /** The write is durable; {@code version} is the document's new version (of a delete: its last one). */
    record Written(String version) implements WriteResult {}

    /** The condition did not hold: the document exists, is missing, or has another version. Nothing was written. */
    record Conflict() implements WriteResult {}
}
