package dev.berth.forecast;

import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Versioned;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The histories of all DPS instances, shared by all replicas. Both methods may throw
 * {@link dev.berth.inventory.RepositoryUnavailableException}.
 */
public interface RegistrationHistories {

    /** The newest history; empty if this instance was never given a device. */
    Optional<Versioned<RegistrationHistory>> find(DpsInstanceId instance);

    /**
     * Compare-and-swap: writes {@code history} if its version is still {@code expectedVersion} (null: if there is none yet). Returns the new
     * version, or empty if another replica was faster; then nothing was written.
     */
    Optional<String> swap(DpsInstanceId instance, @Nullable String expectedVersion, RegistrationHistory history);
}
