package dev.berth.moving;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.store.Document;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import dev.berth.store.documents.SyncRunDocuments;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an import leaves in the store it fills: which export it takes, and whether it is through. While it is not, no service starts
 * there, which would give devices that are still to come a second assignment. It does not move on to the next store.
 *
 * @param finishedAt null while documents are missing
 */
public record ImportMark(
        String export, Instant startedAt, @Nullable Instant finishedAt) {
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Among the jobs; the partition is no DPS instance's. */
    static final Key KEY = new Key(SyncRunDocuments.JOBS, "import*", "import");

    /** The import that somebody began here and did not finish. */
    public static Optional<ImportMark> unfinished(DocumentStore store) {
        return find(store).filter(mark -> mark.finishedAt() == null);
    }

    static Optional<ImportMark> find(DocumentStore store) {
        return store.find(KEY).map(ImportMark::read);
    }

    /** The mark that stands after {@code this} was written, unless there was one: then it is that. */
    ImportMark insertOrFind(DocumentStore store) {
        var _ = store.insert(KEY, body());
        return find(store).orElseThrow();
    }

    /** After this the store is whole. Whoever replaced the mark in between has finished the same import. */
    ImportMark finish(DocumentStore store, Instant now) {
        var finished = new ImportMark(export, startedAt, now);
        var found = store.find(KEY).orElseThrow();
        var _ = store.replace(KEY, finished.body(), found.version());
        return find(store).orElseThrow();
    }

    private byte[] body() {
        var body = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("export", export)
                .put("startedAt", startedAt.toString());
        if (finishedAt != null) {
            body.put("finishedAt", finishedAt.toString());
        }
        return body.toString().getBytes(UTF_8);
    }

    private static ImportMark read(Document document) {
        try {
            var body = JSON.readTree(document.body());
            var finishedAt = body.path("finishedAt").textValue();
            return new ImportMark(
                    body.path("export").asText(),
                    Instant.parse(body.path("startedAt").asText()),
                    finishedAt == null ? null : Instant.parse(finishedAt));
        } catch (IOException | DateTimeException e) {
            throw new IllegalStateException("the mark of an import is damaged", e);
        }
    }
}
