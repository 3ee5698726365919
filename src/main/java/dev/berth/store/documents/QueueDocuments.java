package dev.berth.store.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.inventory.Versioned;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.QueueState;
import dev.berth.scheduling.Queues;
import dev.berth.store.Collection;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The queues as documents, by the tenant that owns the pool or instance. */
public final class QueueDocuments implements Queues {
    public static final Collection QUEUES = Collection.of("queues");
    private static final Format<QueueState> FORMAT = new Format<>(1, QueueDocuments::write, QueueDocuments::read);

    private final SwappedDocuments<QueueState> documents;

    public QueueDocuments(DocumentStore store) {
        this.documents = new SwappedDocuments<>(store, FORMAT);
    }

    @Override
    public Optional<Versioned<QueueState>> find(QueueKey queue) {
        return documents.find(key(queue));
    }

    @Override
    public Optional<String> swap(QueueKey queue, @Nullable String expectedVersion, QueueState state) {
        return documents.swap(key(queue), expectedVersion, state);
    }

    private static Key key(QueueKey queue) {
        return new Key(QUEUES, queue.owner().value(), queue.name());
    }

    private static void write(QueueState state, ObjectNode body) {
        body.put("ticketsGiven", state.ticketsGiven());
        body.put("watermark", state.watermark());
        body.put("movedAt", state.movedAt().toString());
    }

    private static QueueState read(JsonNode body) {
        return new QueueState(
                Format.number(body, "ticketsGiven"),
                Format.number(body, "watermark"),
                Instant.parse(Format.text(body, "movedAt")));
    }
}
