package dev.berth.store.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.identity.TenantId;
import dev.berth.inventory.Versioned;
import dev.berth.region.RegionId;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.QueueState;
import dev.berth.scheduling.Queues;
import dev.berth.store.Collection;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The queues as documents, by the tenant that owns the pool or instance. */
public final class QueueDocuments implements Queues {
    public static final Collection QUEUES = Collection.of("queues");
    private static final Format<QueueState> FORMAT = new Format<>(1, QueueDocuments::write, QueueDocuments::read);

    private final SwappedDocuments<QueueState> documents;
    private final String region;

    public QueueDocuments(DocumentStore store) {
        this(store, "");
    }

    /** Those of one region: tickets are counted where they are drawn, so that no two regions write the same count. */
    public QueueDocuments(DocumentStore store, RegionId region) {
        this(store, "@" + region);
    }

    private QueueDocuments(DocumentStore store, String region) {
        this.region = region;
        this.documents = new SwappedDocuments<>(store, FORMAT);
    }

    @Override
    public Optional<Versioned<QueueState>> find(QueueKey queue) {
        return documents.find(key(queue));
    }

    @Override
    public Map<QueueKey, Versioned<QueueState>> ofOwner(TenantId owner) {
        var states = new HashMap<QueueKey, Versioned<QueueState>>();
        documents
                .ofPartition(QUEUES, owner + region)
                .forEach((id, state) -> states.put(new QueueKey(owner, id), state));
        return states;
    }

    @Override
    public Optional<String> swap(QueueKey queue, @Nullable String expectedVersion, QueueState state) {
        return documents.swap(key(queue), expectedVersion, state);
    }

    private Key key(QueueKey queue) {
        return new Key(QUEUES, queue.owner() + region, queue.name());
    }

    private static void write(QueueState state, ObjectNode body) {
        body.put("ticketsGiven", state.ticketsGiven());
        body.put("watermark", state.watermark());
        body.put("movedAt", state.movedAt().toString());
        var instances = body.putArray("instances");
        state.instances().stream().sorted().forEach(instances::add);
    }

    private static QueueState read(JsonNode body) {
        return new QueueState(
                Format.number(body, "ticketsGiven"),
                Format.number(body, "watermark"),
                Instants.parse(Format.text(body, "movedAt")),
                instances(body));
    }

    private static Set<String> instances(JsonNode body) {
        var names = new HashSet<String>();
        body.path("instances").forEach(name -> names.add(name.asText()));
        return names;
    }
}
