package dev.berth.scheduling;

import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Versioned;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ledgers of all DPS instances. Both methods may throw {@link dev.berth.inventory.RepositoryUnavailableException}; a swap whose
 * outcome is unknown is counted as lost by whoever tried it, which wastes at most the block it was for.
 */
public interface Ledgers {

    /** The newest ledger; empty if nothing was ever leased from this instance. */
    Optional<Versioned<Ledger>> find(DpsInstanceId instance);

    /**
     * Compare-and-swap: writes {@code ledger} if its version is still {@code expectedVersion} (null: if there is none yet). Returns the
     * new version, or empty if another replica was faster; then nothing was written.
     */
    Optional<String> swap(DpsInstanceId instance, @Nullable String expectedVersion, Ledger ledger);
}
