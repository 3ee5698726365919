package dev.berth.store.cosmos;

import com.azure.cosmos.models.CosmosQueryRequestOptions;
import com.azure.cosmos.models.PartitionKey;
import com.azure.cosmos.models.SqlQuerySpec;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.scheduling.StoreTime;
import dev.berth.store.Collection;
import java.time.Duration;
import java.time.Instant;

/**
 * The clock of the server that keeps one partition, the same one for all replicas. Headers and {@code _ts} have whole seconds; the query language
 * has milliseconds.
 */
final class CosmosTime implements StoreTime {
    private static final SqlQuerySpec NOW = new SqlQuerySpec("SELECT GetCurrentTimestamp() AS now");
    private static final Duration PRECISION = Duration.ofMillis(1);

    private final Containers containers;
    private final StoreFence fence;
    private final Collection collection;

    CosmosTime(Containers containers, StoreFence fence, Collection collection) {
        this.containers = containers;
        this.fence = fence;
        this.collection = collection;
    }

    @Override
    public Reading read() {
        try {
            var container = containers.of(collection);
            return fence.once(() -> container
                    .queryItems(NOW, options(), ObjectNode.class)
                    .next()
                    .map(row -> new Reading(Instant.ofEpochMilli(row.path("now").longValue()), PRECISION)));
        } catch (Fault fault) {
            throw fault.unavailable(false);
        }
    }

    private static CosmosQueryRequestOptions options() {
        return new CosmosQueryRequestOptions().setPartitionKey(new PartitionKey("clock"));
    }
}
