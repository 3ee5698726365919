package dev.berth.enrollment;

import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Versioned;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest run of one kind over each instance, one document. A write is atomic and durable when the call returns. Both methods may throw
 * {@link dev.berth.inventory.RepositoryUnavailableException}; after an unknown outcome the run has to be read before anything is concluded.
 */
public interface Runs<R> {
    Optional<Versioned<R>> find(DpsInstanceId instance);

    /** Writes {@code run} if the version is still {@code expectedVersion} (null: if there is none); its new version, or empty. */
    Optional<String> swap(DpsInstanceId instance, @Nullable String expectedVersion, R run);
}
