package dev.berth.store.cosmos;

import com.azure.cosmos.CosmosException;
import com.azure.cosmos.models.CosmosQueryRequestOptions;
import com.azure.cosmos.models.FeedResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.store.Collection;
import dev.berth.store.Document;
import dev.berth.store.Page;
import dev.berth.store.PageRequest;
import dev.berth.store.StoreListener;
import dev.berth.store.StoreListener.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole container as it lies, page by page of the server's. To sort it would take an index over everything, which each write would
 * pay for; so its cursor is the server's continuation, and no place.
 */
final class CollectionReader {
    private static final String EVERYTHING = "SELECT * FROM c";

    private final Containers containers;
    private final StoreFence fence;
    private final StoreListener listener;

    CollectionReader(Containers containers, StoreFence fence, StoreListener listener) {
        this.containers = containers;
        this.fence = fence;
        this.listener = listener;
    }

    /** Pages may hold less than was asked for, and only the last is empty. */
    Page read(Operation operation, Collection collection, PageRequest request) {
        var list = "collection/" + collection.name();
        @Nullable String continuation = request.cursor() == null ? null : CursorText.read(list, request.cursor());
        var part = part(operation, collection, continuation, request.limit());
        while (part.getResults().isEmpty() && part.getContinuationToken() != null) {
            part = part(operation, collection, part.getContinuationToken(), request.limit());
        }
        List<Document> documents = part.getResults().stream()
                .map(json -> new Item(json).document(collection))
                .toList();
        @Nullable String next = part.getContinuationToken();
        return new Page(documents, next == null ? null : CursorText.of(list, next));
    }

    private FeedResponse<ObjectNode> part(
            Operation operation, Collection collection, @Nullable String continuation, int limit) {
        return fence.once(() -> containers
                .of(collection)
                .queryItems(EVERYTHING, new CosmosQueryRequestOptions(), ObjectNode.class)
                .byPage(continuation, limit)
                .doOnNext(part -> listener.charged(operation, part.getRequestCharge()))
                .doOnError(CosmosException.class, e -> listener.charged(operation, e.getRequestCharge()))
                .next());
    }
}
