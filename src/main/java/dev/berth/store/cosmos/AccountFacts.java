package dev.berth.store.cosmos;

import com.azure.cosmos.ConsistencyLevel;
import com.azure.cosmos.CosmosAsyncClient;
import com.azure.cosmos.CosmosBridgeInternal;
import com.azure.cosmos.implementation.DatabaseAccountLocation;
import dev.berth.store.cosmos.CosmosStoreOptions.Mode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an account says of itself, and whether the port's promises can be kept on it: that a condition decides once and for all, and that a read sees
 * what was acknowledged to anybody. Why these are the rules is told in docs/adr/0006, and in docs/adr/0007 for an account of several regions.
 *
 * @param writers the regions that take writes, and where each of them is asked
 * @param readers the regions that can be read, in the account's order
 */
record AccountFacts(
        ConsistencyLevel consistency, boolean writesInSeveralRegions, Map<String, URI> writers, List<String> readers) {

    /** As the client learned them when it was made; it has no public way to tell. */
    static AccountFacts of(CosmosAsyncClient client) {
        var account = CosmosBridgeInternal.getAsyncDocumentClient(client)
                .getGlobalEndpointManager()
                .getLatestDatabaseAccount();
        var writers = new LinkedHashMap<String, URI>();
        account.getWritableLocations()
                .forEach(location -> writers.put(location.getName(), URI.create(location.getEndpoint())));
        return new AccountFacts(
                account.getConsistencyPolicy().getDefaultConsistencyLevel(),
                account.getEnableMultipleWriteLocations(),
                writers,
                names(account.getReadableLocations()));
    }

    private static List<String> names(Iterable<DatabaseAccountLocation> locations) {
        var names = new ArrayList<String>();
        locations.forEach(location -> names.add(location.getName()));
        return names;
    }

    /** What is wrong for whoever has the account as one store, in the words of the settings. */
    Optional<CosmosOpenException> fault(CosmosStoreOptions options) {
        if (writesInSeveralRegions) {
            return fault(
                    "endpoint",
                    "the account takes writes in several regions, which can undo each other's; switch multi-region writes"
                            + " off, or run Berth in regions (berth.region, berth.regions) and name the Azure region of"
                            + " each in berth.store.cosmos." + CosmosRegions.setting("<region>"));
        }
        if (options.isLocal()) {
            return Optional.empty(); // one server, one copy
        }
        if (options.mode() == Mode.GATEWAY && !readsAQuorum()) {
            return fault(
                    "mode",
                    "through the gateway, reads are as consistent as the account's default, which is " + consistency
                            + "; set that to Strong or Bounded Staleness, or the mode to direct");
        }
        if (consistency != ConsistencyLevel.STRONG && !readsWhereItWrites(options.preferredRegions())) {
            return fault("preferred-regions", "writes go to " + writers.keySet() + ", so reads have to: name it first");
        }
        return Optional.empty();
    }

    /** What is wrong for whoever has a store in each of its regions, of which {@code local} is his own. */
    Optional<CosmosOpenException> fault(CosmosStoreOptions options, CosmosRegions regions, String local) {
        if (!writesInSeveralRegions) {
            return fault(
                    CosmosRegions.setting(local),
                    "is set, and the account takes writes in " + writers.keySet()
                            + " alone; switch multi-region writes on, or leave " + CosmosRegions.SETTING + " away");
        }
        if (!options.isLocal() && options.mode() == Mode.GATEWAY) {
            return fault(
                    "mode",
                    "through the gateway, nobody reads a quorum of one region of an account that takes writes in several;"
                            + " set it to direct");
        }
        if (consistency == ConsistencyLevel.BOUNDED_STALENESS) {
            return fault(
                    "endpoint",
                    "the account's default is Bounded Staleness, which stops the writes of regions that have not heard of"
                            + " each other for long; set it to Session");
        }
        return regions.names().stream()
                .sorted()
                .filter(region -> endpoint(regions.azureName(region)).isEmpty())
                .filter(region -> region.equals(local) || !isEveryWriterNamed(regions))
                .findFirst()
                .flatMap(region -> fault(
                        CosmosRegions.setting(region),
                        "the account takes no writes in " + regions.azureName(region) + ", but in "
                                + writers.keySet()));
    }

    /** Where a region is asked that takes writes; empty for others, and for one that Azure took out of service. */
    Optional<URI> endpoint(String azureName) {
        return writers.entrySet().stream()
                .filter(writer -> CosmosRegions.isSame(writer.getKey(), azureName))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * An account does not list a region that Azure took out of service: then the others are all named, and a replica has to start without it. Where one
     * is left that nobody named, a name is wrong.
     */
    private boolean isEveryWriterNamed(CosmosRegions regions) {
        return writers.keySet().stream()
                .allMatch(writer ->
                        regions.azureNames().values().stream().anyMatch(named -> CosmosRegions.isSame(writer, named)));
    }

    private boolean readsAQuorum() {
        return consistency == ConsistencyLevel.STRONG || consistency == ConsistencyLevel.BOUNDED_STALENESS;
    }

    private boolean readsWhereItWrites(List<String> preferred) {
        return preferred.isEmpty()
                || readers.size() < 2
                || writers.keySet().stream().anyMatch(writer -> CosmosRegions.isSame(writer, preferred.getFirst()));
    }

    private static Optional<CosmosOpenException> fault(String setting, String what) {
        return Optional.of(new CosmosOpenException(setting, what));
    }
}
