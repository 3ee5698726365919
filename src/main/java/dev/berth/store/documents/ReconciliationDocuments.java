package dev.berth.store.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Versioned;
import dev.berth.lifecycle.Finding;
import dev.berth.lifecycle.Reconciliation;
import dev.berth.lifecycle.Reconciliations;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import dev.berth.store.WriteResult;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The newest reconciliation of each instance among its jobs: one document, one for each kind of finding, and one for each chunk of hashes. */
public final class ReconciliationDocuments implements Reconciliations {
    private static final String RUN = "reconciliation";
    private static final Format<long[]> CHUNKS =
            new Format<>(1, ReconciliationDocuments::writeHashes, ReconciliationDocuments::readHashes);

    private final DocumentStore store;
    private final SwappedDocuments<Reconciliation> runs;
    private final SwappedDocuments<List<Finding>> findings;
    private final SwappedDocuments<long[]> chunks;

    public ReconciliationDocuments(DocumentStore store) {
        this.store = store;
        this.runs = new SwappedDocuments<>(store, ReconciliationCodec.FORMAT);
        this.findings = new SwappedDocuments<>(store, FindingsCodec.FORMAT);
        this.chunks = new SwappedDocuments<>(store, CHUNKS);
    }

    @Override
    public Optional<Versioned<Reconciliation>> find(DpsInstanceId instance) {
        return runs.find(key(instance, RUN));
    }

    @Override
    public Optional<String> swap(DpsInstanceId instance, @Nullable String expectedVersion, Reconciliation run) {
        return runs.swap(key(instance, RUN), expectedVersion, run);
    }

    @Override
    public void saveSeen(DpsInstanceId instance, int chunk, long[] hashes) {
        put(chunks, chunkKey(instance, chunk), hashes);
    }

    @Override
    public Optional<long[]> seen(DpsInstanceId instance, int chunk) {
        return chunks.find(chunkKey(instance, chunk)).map(Versioned::value);
    }

    @Override
    public void forgetSeen(DpsInstanceId instance, int count) {
        for (int chunk = 0; chunk < count; chunk++) {
            store.find(chunkKey(instance, chunk)).ifPresent(found -> {
                WriteResult _ = store.delete(found.key(), found.version());
            });
        }
    }

    @Override
    public void saveFindings(DpsInstanceId instance, Finding.Kind kind, List<Finding> found) {
        put(findings, findingsKey(instance, kind), found);
    }

    @Override
    public List<Finding> findings(DpsInstanceId instance, Finding.Kind kind) {
        return findings.find(findingsKey(instance, kind)).map(Versioned::value).orElse(List.of());
    }

    /** Of two replicas that write at once one is heard; whoever has lost the run finds that out when he writes that. */
    private static <T> void put(SwappedDocuments<T> documents, Key key, T value) {
        @Nullable String version = documents.find(key).map(Versioned::version).orElse(null);
        var _ = documents.swap(key, version, value);
    }

    private static Key chunkKey(DpsInstanceId instance, int chunk) {
        return key(instance, RUN + "-seen-" + chunk);
    }

    private static Key findingsKey(DpsInstanceId instance, Finding.Kind kind) {
        return key(instance, RUN + "-" + FindingsCodec.nameOf(kind));
    }

    private static Key key(DpsInstanceId instance, String id) {
        return new Key(SyncRunDocuments.JOBS, instance.toString(), id);
    }

    private static void writeHashes(long[] hashes, ObjectNode body) {
        var bytes = ByteBuffer.allocate(hashes.length * Long.BYTES);
        bytes.asLongBuffer().put(hashes);
        body.put("hashes", Base64.getEncoder().encodeToString(bytes.array()));
    }

    private static long[] readHashes(JsonNode body) {
        var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(Format.text(body, "hashes")));
        var hashes = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(hashes);
        return hashes;
    }
}
