package dev.berth.store.documents;

import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import dev.berth.region.RegionId;
import dev.berth.region.RegionalLedgers;
import dev.berth.scheduling.Ledger;
import dev.berth.store.DocumentStore;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ledgers where Berth runs in several regions: one for each region that an instance was ever at home in, and each is written in that
 * region alone. Two regions that wrote the same ledger would be merged, the later write over the other, and slots given twice; a region that lost
 * an instance without noticing writes a ledger that nobody reads any more.
 */
public final class RegionalLedgerDocuments implements RegionalLedgers {
    /** Only until this replica has heard of it too. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final SwappedDocuments<Ledger> documents;
    private final RegionId local;
    private final Function<DpsInstanceId, Optional<RegionId>> homes;

    /** @param homes where each instance is at home now, as far as this replica knows; empty if nowhere */
    public RegionalLedgerDocuments(
            DocumentStore store, RegionId local, Function<DpsInstanceId, Optional<RegionId>> homes) {
        this.documents = new SwappedDocuments<>(store, LedgerDocuments.FORMAT);
        this.local = local;
        this.homes = homes;
    }

    /** That of its home. One that was begun before there were regions goes on there. */
    @Override
    public Optional<Versioned<Ledger>> find(DpsInstanceId instance) {
        Optional<RegionId> home = homes.apply(instance);
        Optional<Versioned<Ledger>> found = home.flatMap(region -> find(instance, region));
        if (found.isPresent()) {
            return found;
        }
        Optional<Versioned<Ledger>> older = documents.find(LedgerDocuments.key(instance));
        return older.isPresent() && home.filter(local::equals).isPresent()
                ? takenOver(instance, older.get().value())
                : older;
    }

    @Override
    public Optional<Versioned<Ledger>> find(DpsInstanceId instance, RegionId region) {
        return documents.find(LedgerDocuments.key(instance, region));
    }

    /**
     * Elsewhere than in its home nothing is written, and the outcome is as good as unknown: what was to be handed back is void, and no use
     * keeping.
     */
    @Override
    public Optional<String> swap(DpsInstanceId instance, @Nullable String expectedVersion, Ledger ledger) {
        if (homes.apply(instance).filter(local::equals).isEmpty()) {
            throw new RepositoryUnavailableException(instance + " is not at home in " + local, true, RETRY_AFTER, null);
        }
        return documents.swap(LedgerDocuments.key(instance, local), expectedVersion, ledger);
    }

    @Override
    public boolean begin(DpsInstanceId instance, Ledger ledger) {
        var key = LedgerDocuments.key(instance, local);
        @Nullable String version = documents.find(key).map(Versioned::version).orElse(null);
        return documents.swap(key, version, ledger).isPresent();
    }

    private Optional<Versioned<Ledger>> takenOver(DpsInstanceId instance, Ledger older) {
        var _ = documents.swap(LedgerDocuments.key(instance, local), null, older); // or another replica just did
        return find(instance, local);
    }
}
