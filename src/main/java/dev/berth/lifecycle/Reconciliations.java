package dev.berth.lifecycle;

import dev.berth.enrollment.Runs;
import dev.berth.inventory.DpsInstanceId;
import java.util.List;
import java.util.Optional;

/**
 * The newest reconciliation of each instance, and what is too large for its document. Each write is atomic and durable when the call returns;
 * the last one counts. Every method may throw {@link dev.berth.inventory.RepositoryUnavailableException}.
 */
public interface Reconciliations extends Runs<Reconciliation> {
    /** The most hashes of one chunk. */
    int CHUNK_MAX = 20_000;

    void saveSeen(DpsInstanceId instance, int chunk, long[] hashes);

    /** What was saved. */
    Optional<long[]> seen(DpsInstanceId instance, int chunk);

    /** Deletes the chunks before {@code chunks}. */
    void forgetSeen(DpsInstanceId instance, int chunks);

    void saveFindings(DpsInstanceId instance, Finding.Kind kind, List<Finding> findings);

    /** In the order in which they were found. */
    List<Finding> findings(DpsInstanceId instance, Finding.Kind kind);
}
