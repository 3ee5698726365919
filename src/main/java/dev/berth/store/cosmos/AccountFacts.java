package dev.berth.store.cosmos;

import com.azure.cosmos.ConsistencyLevel;
import com.azure.cosmos.CosmosAsyncClient;
import com.azure.cosmos.CosmosBridgeInternal;
import com.azure.cosmos.implementation.DatabaseAccountLocation;
import dev.berth.store.cosmos.CosmosStoreOptions.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an account says of itself, and whether the port's promises can be kept on it: that a condition decides once and for all, and that a read sees
 * what was acknowledged to anybody. Why these are the rules is told in docs/adr/0006.
 *
 * @param writers the regions that take writes
 * @param readers the regions that can be read, in the account's order
 */
record AccountFacts(
        ConsistencyLevel consistency, boolean writesInSeveralRegions, List<String> writers, List<String> readers) {

    /** As the client learned them when it was made; it has no public way to tell. */
    static AccountFacts of(CosmosAsyncClient client) {
        var account = CosmosBridgeInternal.getAsyncDocumentClient(client)
                .getGlobalEndpointManager()
                .getLatestDatabaseAccount();
        return new AccountFacts(
                account.getConsistencyPolicy().getDefaultConsistencyLevel(),
                account.getEnableMultipleWriteLocations(),
                names(account.getWritableLocations()),
                names(account.getReadableLocations()));
    }

    private static List<String> names(Iterable<DatabaseAccountLocation> locations) {
        var names = new ArrayList<String>();
        locations.forEach(location -> names.add(location.getName()));
        return names;
    }

    /** What is wrong, in the words of the settings. */
    Optional<CosmosOpenException> fault(CosmosStoreOptions options) {
        if (options.isLocal()) {
            return Optional.empty(); // one server, one copy
        }
        if (writesInSeveralRegions) {
            return fault(
                    "endpoint",
                    "the account takes writes in several regions, which can undo each other's;"
                            + " switch multi-region writes off");
        }
        if (options.mode() == Mode.GATEWAY && !readsAQuorum()) {
            return fault(
                    "mode",
                    "through the gateway, reads are as consistent as the account's default, which is " + consistency
                            + "; set that to Strong or Bounded Staleness, or the mode to direct");
        }
        if (consistency != ConsistencyLevel.STRONG && !readsWhereItWrites(options.preferredRegions())) {
            return fault("preferred-regions", "writes go to " + writers + ", so reads have to: name it first");
        }
        return Optional.empty();
    }

    private boolean readsAQuorum() {
        return consistency == ConsistencyLevel.STRONG || consistency == ConsistencyLevel.BOUNDED_STALENESS;
    }

    private boolean readsWhereItWrites(List<String> preferred) {
        return preferred.isEmpty()
                || readers.size() < 2
                || writers.stream().anyMatch(writer -> isSameRegion(writer, preferred.getFirst()));
    }

    /** Names come with and without spaces: {@code West Europe}, {@code westeurope}. */
    private static boolean isSameRegion(String one, String other) {
        return one.replace(" ", "").equalsIgnoreCase(other.replace(" ", ""));
    }

    private static Optional<CosmosOpenException> fault(String setting, String what) {
        return Optional.of(new CosmosOpenException(setting, what));
    }
}
