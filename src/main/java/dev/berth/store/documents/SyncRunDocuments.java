package dev.berth.store.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.enrollment.SyncRun;
import dev.berth.enrollment.SyncRuns;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Versioned;
import dev.berth.store.Collection;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The newest sync of each instance as a document. */
public final class SyncRunDocuments implements SyncRuns {
    public static final Collection JOBS = Collection.of("jobs");
    private static final Format<SyncRun> FORMAT = new Format<>(1, SyncRunDocuments::write, SyncRunDocuments::read);

    private final SwappedDocuments<SyncRun> documents;

    public SyncRunDocuments(DocumentStore store) {
        this.documents = new SwappedDocuments<>(store, FORMAT);
    }

    @Override
    public Optional<Versioned<SyncRun>> find(DpsInstanceId instance) {
        return documents.find(key(instance));
    }

    @Override
    public Optional<String> swap(DpsInstanceId instance, @Nullable String expectedVersion, SyncRun run) {
        return documents.swap(key(instance), expectedVersion, run);
    }

    private static Key key(DpsInstanceId instance) {
        return new Key(JOBS, instance.toString(), "enrollment-sync");
    }

    private static void write(SyncRun run, ObjectNode body) {
        body.put("holder", run.holder())
                .put("leaseUntil", run.leaseUntil().toString())
                .put("startedAt", run.startedAt().toString())
                .put("failure", run.failure())
                .put("operations", run.operations())
                .put("groupsDone", run.groupsDone())
                .put("groupsTotal", run.groupsTotal());
        if (run.finishedAt() != null) {
            body.put("finishedAt", run.finishedAt().toString());
        }
        run.notes().forEach(body.putArray("notes")::add);
    }

    private static SyncRun read(JsonNode body) {
        var json = new Json(body);
        var finishedAt = json.textOrNull("finishedAt");
        return new SyncRun(
                json.text("holder"),
                json.instant("leaseUntil"),
                json.instant("startedAt"),
                finishedAt == null ? null : Instants.parse(finishedAt),
                json.textOrNull("failure"),
                json.number("operations"),
                Math.toIntExact(json.number("groupsDone")),
                Math.toIntExact(json.number("groupsTotal")),
                json.texts("notes"));
    }
}
