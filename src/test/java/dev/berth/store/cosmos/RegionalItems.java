package dev.berth.store.cosmos;

import com.azure.cosmos.CosmosAsyncContainer;
import com.azure.cosmos.models.CosmosQueryRequestOptions;
import com.azure.cosmos.models.PartitionKey;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;

/** All items of a container in one region, as they lie there. */
record RegionalItems(CosmosAsyncContainer container) {

    static RegionalItems of(Account account, CosmosStoreOptions options, String container) {
        return new RegionalItems(
                account.client().getDatabase(options.database()).getContainer(container));
    }

    List<ObjectNode> all() {
        return Objects.requireNonNull(container
                .queryItems("SELECT * FROM c", new CosmosQueryRequestOptions(), ObjectNode.class)
                .collectList()
                .block());
    }

    /** Takes over what is not here, and what is here otherwise and {@code wins}, asked for mine and the other. */
    void take(RegionalItems others, BiPredicate<ObjectNode, ObjectNode> wins) {
        var own = all();
        for (var other : others.all()) {
            var mine = own.stream().filter(item -> isSame(item, other)).findFirst();
            if (isNew(mine, other) && mine.map(item -> wins.test(item, other)).orElse(true)) {
                container
                        .upsertItem(
                                bare(other), new PartitionKey(other.path("pk").asText()), null)
                        .block();
            }
        }
    }

    private static boolean isNew(Optional<ObjectNode> mine, ObjectNode other) {
        return mine.map(item -> !item.path("mark").equals(other.path("mark"))).orElse(true);
    }

    private static boolean isSame(ObjectNode one, ObjectNode other) {
        return one.path("id").equals(other.path("id")) && one.path("pk").equals(other.path("pk"));
    }

    /** Without what each server adds by itself. */
    private static ObjectNode bare(ObjectNode item) {
        var bare = item.deepCopy();
        item.fieldNames().forEachRemaining(name -> {
            if (name.startsWith("_")) {
                bare.remove(name);
            }
        });
        return bare;
    }
}
