package dev.berth.store.cosmos;

import com.azure.cosmos.CosmosAsyncContainer;
import com.azure.cosmos.CosmosAsyncDatabase;
import com.azure.cosmos.CosmosException;
import com.azure.cosmos.models.CosmosContainerProperties;
import com.azure.cosmos.models.CosmosContainerResponse;
import dev.berth.store.Collection;
import dev.berth.store.cosmos.Fault.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import reactor.core.publisher.Mono;

/** The containers of the database, one for each collection; made, or looked at, when they are used first. */
final class Containers {
    private static final Duration WHEN_SOMEBODY_ACTED = Duration.ofSeconds(30);

    private final CosmosAsyncDatabase database;
    private final StoreFence fence;
    private final boolean creates;
    private final boolean merges;
    private final Map<String, Opened> opened = new ConcurrentHashMap<>();
    private final ReentrantLock opening = new ReentrantLock();

    private record Opened(Collection collection, CosmosAsyncContainer container) {}

    /**
     * @param creates whether what is missing may be made, and an index that lacks a field be changed
     * @param merges whether the account takes writes in several regions, and merges them
     */
    Containers(CosmosAsyncDatabase database, StoreFence fence, boolean creates, boolean merges) {
        this.database = database;
        this.fence = fence;
        this.creates = creates;
        this.merges = merges;
    }

    CosmosAsyncContainer of(Collection collection) {
        var known = opened.get(collection.name());
        if (known == null) {
            known = open(collection);
        }
        if (!known.collection().equals(collection)) {
            throw new IllegalArgumentException(collection.name() + " is declared in two ways");
        }
        return known.container();
    }

    private Opened open(Collection collection) {
        opening.lock();
        try {
            var known = opened.get(collection.name());
            if (known != null) {
                return known;
            }
            fence.repeating(() -> fence.once(() -> ready(collection)));
            var fresh = new Opened(collection, database.getContainer(collection.name()));
            opened.put(collection.name(), fresh);
            return fresh;
        } finally {
            opening.unlock();
        }
    }

    private Mono<CosmosContainerProperties> ready(Collection collection) {
        return found(collection)
                .onErrorResume(Containers::isMissing, _ -> creates ? created(collection) : missing(collection))
                .flatMap(found -> checked(found, collection));
    }

    private Mono<CosmosContainerProperties> found(Collection collection) {
        return database.getContainer(collection.name()).read().map(CosmosContainerResponse::getProperties);
    }

    /** Several replicas may start at once: who comes second finds what the first one made. */
    private Mono<CosmosContainerProperties> created(Collection collection) {
        return database.createContainer(ContainerDesign.of(collection))
                .map(CosmosContainerResponse::getProperties)
                .onErrorResume(Faults::isConflict, _ -> found(collection));
    }

    private Mono<CosmosContainerProperties> checked(CosmosContainerProperties found, Collection collection) {
        var fault = ContainerDesign.fault(found)
                .or(() -> merges ? ContainerDesign.mergeFault(found, collection) : Optional.empty());
        if (fault.isPresent()) {
            return refused(collection, fault.get());
        }
        if (ContainerDesign.isIndexed(found, collection)) {
            return Mono.just(found);
        }
        if (!creates) {
            return refused(collection, "its indexing policy lacks something; " + ContainerDesign.needs(collection));
        }
        found.setIndexingPolicy(ContainerDesign.index(collection));
        return database.getContainer(collection.name()).replace(found).map(CosmosContainerResponse::getProperties);
    }

    private static Mono<CosmosContainerProperties> missing(Collection collection) {
        return refused(
                collection,
                "it does not exist, and berth.store.cosmos.create is off; " + ContainerDesign.needs(collection));
    }

    private static <T> Mono<T> refused(Collection collection, String why) {
        return Mono.error(new Fault(Kind.REFUSED, "container " + collection.name() + ": " + why, WHEN_SOMEBODY_ACTED));
    }

    private static boolean isMissing(Throwable thrown) {
        return thrown instanceof CosmosException answer && answer.getStatusCode() == Faults.NOT_FOUND;
    }
}
