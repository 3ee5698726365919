package dev.berth.store.cosmos;

import com.azure.cosmos.CosmosAsyncContainer;
import com.azure.cosmos.CosmosException;
import com.azure.cosmos.models.CosmosItemRequestOptions;
import com.azure.cosmos.models.CosmosItemResponse;
import com.azure.cosmos.models.PartitionKey;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.store.Key;
import dev.berth.store.StoreListener;
import dev.berth.store.StoreListener.Operation;
import dev.berth.store.WriteResult;
import dev.berth.store.WriteResult.Conflict;
import dev.berth.store.WriteResult.Written;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Single requests for one item: each is sent once, ends as a value or a {@link Fault}, and what it costs is told. */
final class Requests {
    private final Containers containers;
    private final StoreFence fence;
    private final StoreListener listener;

    Requests(Containers containers, StoreFence fence, StoreListener listener) {
        this.containers = containers;
        this.fence = fence;
        this.listener = listener;
    }

    Optional<Item> find(Operation operation, Key key) {
        var container = containers.of(key.collection());
        return fence.once(() -> charged(operation, container.readItem(id(key), partition(key), ObjectNode.class))
                .map(answer -> Optional.of(new Item(answer.getItem())))
                .onErrorResume(Faults::isMissing, _ -> Mono.just(Optional.empty())));
    }

    WriteResult write(Operation operation, Change change) {
        var container = containers.of(change.key().collection());
        return switch (change) {
            case Change.Insert(var key, var item) -> create(operation, container, key, item);
            case Change.Replace(var key, var item, var version) ->
                ifItCanBe(version, options -> replace(operation, container, key, item, options));
            case Change.Delete(var key, var version) ->
                ifItCanBe(version, options -> delete(operation, container, key, version, options));
        };
    }

    private WriteResult create(Operation operation, CosmosAsyncContainer container, Key key, Item item) {
        return fence.once(() -> charged(operation, container.createItem(item.json(), partition(key), options()))
                .<WriteResult>map(Requests::written)
                .onErrorResume(Faults::isConflict, _ -> Mono.just(new Conflict())));
    }

    private WriteResult replace(
            Operation operation, CosmosAsyncContainer container, Key key, Item item, CosmosItemRequestOptions options) {
        return fence.once(() -> charged(operation, container.replaceItem(item.json(), id(key), partition(key), options))
                .<WriteResult>map(Requests::written)
                .onErrorResume(Faults::isStale, _ -> Mono.just(new Conflict())));
    }

    private WriteResult delete(
            Operation operation,
            CosmosAsyncContainer container,
            Key key,
            String version,
            CosmosItemRequestOptions options) {
        return fence.once(() -> charged(operation, container.deleteItem(id(key), partition(key), options))
                .<WriteResult>map(_ -> new Written(version))
                .onErrorResume(Faults::isStale, _ -> Mono.just(new Conflict())));
    }

    private <T> Mono<CosmosItemResponse<T>> charged(Operation operation, Mono<CosmosItemResponse<T>> request) {
        return request.doOnNext(answer -> listener.charged(operation, answer.getRequestCharge()))
                .doOnError(CosmosException.class, answer -> listener.charged(operation, answer.getRequestCharge()));
    }

    /** A version that no write gave is no document's: nobody need be asked. */
    private static WriteResult ifItCanBe(String version, Function<CosmosItemRequestOptions, WriteResult> write) {
        return Etag.of(version)
                .map(etag -> write.apply(options().setIfMatchETag(etag)))
                .orElseGet(Conflict::new);
    }

    private static CosmosItemRequestOptions options() {
        return new CosmosItemRequestOptions().setContentResponseOnWriteEnabled(false);
    }

    private static WriteResult written(CosmosItemResponse<?> answer) {
        return new Written(Etag.version(answer.getETag()));
    }

    private static String id(Key key) {
        return ItemNames.of(key.id());
    }

    private static PartitionKey partition(Key key) {
        return new PartitionKey(ItemNames.of(key.partition()));
    }
}
