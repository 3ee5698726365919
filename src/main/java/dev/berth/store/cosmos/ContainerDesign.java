package dev.berth.store.cosmos;

import com.azure.cosmos.models.CompositePath;
import com.azure.cosmos.models.CompositePathSortOrder;
import com.azure.cosmos.models.ConflictResolutionMode;
import com.azure.cosmos.models.ConflictResolutionPolicy;
import com.azure.cosmos.models.CosmosContainerProperties;
import com.azure.cosmos.models.ExcludedPath;
import com.azure.cosmos.models.IncludedPath;
import com.azure.cosmos.models.IndexingMode;
import com.azure.cosmos.models.IndexingPolicy;
import com.azure.cosmos.models.PartitionKeyDefinition;
import com.azure.cosmos.models.PartitionKeyDefinitionVersion;
import com.azure.cosmos.models.PartitionKind;
import dev.berth.store.Collection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a container has to be made. The index holds the partition, the indexed fields, and for each of these the order in which it is listed:
 * a body is never indexed, so that a write costs what its size and its few fields cost.
 */
final class ContainerDesign {
    static final String PARTITION_KEY_PATH = "/" + Item.PARTITION;

    private ContainerDesign() {}

    static CosmosContainerProperties of(Collection collection) {
        var properties = new CosmosContainerProperties(collection.name(), partitionKey());
        properties.setIndexingPolicy(index(collection));
        mergePath(collection)
                .map(ConflictResolutionPolicy::createLastWriterWinsPolicy)
                .ifPresent(properties::setConflictResolutionPolicy);
        return properties;
    }

    /** What makes an existing container unusable, if something does; it cannot be changed later. */
    static Optional<String> fault(CosmosContainerProperties found) {
        var key = found.getPartitionKeyDefinition();
        if (!key.getPaths().equals(List.of(PARTITION_KEY_PATH))) {
            return Optional.of("its partition key is " + key.getPaths() + " and has to be " + PARTITION_KEY_PATH);
        }
        if (key.getVersion() != PartitionKeyDefinitionVersion.V2) {
            return Optional.of("it was made without large partition keys (version 2)");
        }
        Integer expiry = found.getDefaultTimeToLiveInSeconds();
        if (expiry != null && expiry > 0) {
            return Optional.of("its documents would expire after " + expiry + " s: switch its default TTL off");
        }
        return Optional.empty();
    }

    /**
     * What makes an existing container unusable in an account that takes writes in several regions. Collections that are merged by nothing may have any policy:
     * no two regions write the same document of theirs, or it is of no consequence which stays.
     */
    static Optional<String> mergeFault(CosmosContainerProperties found, Collection collection) {
        return mergePath(collection)
                .filter(path -> !isMergedBy(path, found.getConflictResolutionPolicy()))
                .map(path -> "where regions write the same document, it does not keep the one with the higher " + path
                        + "; its conflict resolution path can only be set when it is made, so that everything has to move"
                        + " to a database that is made anew: see Regions in docs/operations.md");
    }

    private static boolean isMergedBy(String path, @Nullable ConflictResolutionPolicy policy) {
        return policy != null
                && policy.getMode() == ConflictResolutionMode.LAST_WRITER_WINS
                && path.equals(policy.getConflictResolutionPath());
    }

    private static Optional<String> mergePath(Collection collection) {
        return collection.mergedBy().map(field -> "/" + field);
    }

    /** Whether everything is indexed that has to be. More does no harm but costs. */
    static boolean isIndexed(CosmosContainerProperties found, Collection collection) {
        var has = found.getIndexingPolicy();
        var needs = index(collection);
        return paths(has).containsAll(paths(needs)) && orders(has).containsAll(orders(needs));
    }

    /** The design in words, for whoever makes the container by hand. */
    static String needs(Collection collection) {
        var index = index(collection);
        return "it needs the partition key " + PARTITION_KEY_PATH + " (version 2), an index of " + paths(index)
                + " alone, and composite ones of " + orders(index)
                + mergePath(collection)
                        .map(path -> ", and to be merged by last-writer-wins on " + path)
                        .orElse("");
    }

    private static PartitionKeyDefinition partitionKey() {
        return new PartitionKeyDefinition()
                .setPaths(List.of(PARTITION_KEY_PATH))
                .setKind(PartitionKind.HASH)
                .setVersion(PartitionKeyDefinitionVersion.V2);
    }

    static IndexingPolicy index(Collection collection) {
        var fields = collection.indexedFields().stream()
                .sorted()
                .map(ContainerDesign::path)
                .toList();
        var included = Stream.concat(Stream.of(PARTITION_KEY_PATH), fields.stream())
                .map(path -> new IncludedPath(path + "/?"))
                .toList();
        return new IndexingPolicy()
                .setAutomatic(true)
                .setIndexingMode(IndexingMode.CONSISTENT)
                .setIncludedPaths(included)
                .setExcludedPaths(List.of(new ExcludedPath("/*")))
                .setCompositeIndexes(fields.stream().map(ContainerDesign::order).toList());
    }

    /** Quoted only where it has to be, as servers give it back. */
    private static String path(String field) {
        var quote = field.matches("[A-Za-z_][A-Za-z0-9_]*") ? "" : "\"";
        return "/" + Item.FIELDS + "/" + quote + field + quote;
    }

    private static List<CompositePath> order(String path) {
        return Stream.of(path, PARTITION_KEY_PATH, "/" + Item.ID)
                .map(each -> new CompositePath().setPath(each).setOrder(CompositePathSortOrder.ASCENDING))
                .toList();
    }

    private static List<String> paths(IndexingPolicy policy) {
        return policy.getIncludedPaths().stream()
                .map(path -> plain(path.getPath()))
                .toList();
    }

    private static List<List<String>> orders(IndexingPolicy policy) {
        var orders = new ArrayList<List<String>>();
        for (var order : policy.getCompositeIndexes()) {
            orders.add(order.stream().map(path -> plain(path.getPath())).toList());
        }
        return orders;
    }

    /** Servers may quote what needs no quotes, or not. */
    private static String plain(String path) {
        return path.replace("\"", "");
    }
}
