package dev.berth.store.cosmos;

import com.azure.cosmos.CosmosException;
import com.azure.cosmos.models.FeedResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.store.Document;
import dev.berth.store.Page;
import dev.berth.store.PageRequest;
import dev.berth.store.StoreListener;
import dev.berth.store.StoreListener.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Reads one page of a list: the server may send it in parts, and one item more than wanted tells that there are more. */
final class PageReader {
    private final Containers containers;
    private final StoreFence fence;
    private final StoreListener listener;

    PageReader(Containers containers, StoreFence fence, StoreListener listener) {
        this.containers = containers;
        this.fence = fence;
        this.listener = listener;
    }

    Page read(Operation operation, ItemList list, PageRequest request) {
        var query = list.after(Cursor.read(list.name(), request.cursor()));
        var container = containers.of(list.collection());
        return fence.once(() -> {
            var page = new Filling(request.limit());
            return container
                    .queryItems(query, list.options(), ObjectNode.class)
                    .byPage(request.limit() + 1)
                    .doOnNext(part -> listener.charged(operation, part.getRequestCharge()))
                    .doOnError(CosmosException.class, e -> listener.charged(operation, e.getRequestCharge()))
                    .doOnNext(page::add)
                    .takeUntil(_ -> page.hasMore())
                    .then(Mono.fromSupplier(() -> page.of(list)));
        });
    }

    /** A page while it is being filled. */
    private static final class Filling {
        private final int limit;
        private final List<Item> items = new ArrayList<>();
        private long bytes;
        private boolean more;

        Filling(int limit) {
            this.limit = limit;
        }

        void add(FeedResponse<ObjectNode> part) {
            part.getResults().forEach(json -> add(new Item(json)));
        }

        private void add(Item item) {
            more = more || items.size() == limit || bytes >= CosmosLimits.PAGE_BYTES_SOFT;
            if (!more) {
                items.add(item);
                bytes += item.body().length;
            }
        }

        boolean hasMore() {
            return more;
        }

        Page of(ItemList list) {
            List<Document> documents =
                    items.stream().map(item -> item.document(list.collection())).toList();
            @Nullable String cursor = more ? Cursor.after(items.getLast()).text(list.name()) : null;
            return new Page(documents, cursor);
        }
    }
}
