package dev.berth.moving;

import dev.berth.store.Collection;
import dev.berth.store.Document;
import dev.berth.store.DocumentStore;
import dev.berth.store.PageRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes everything that a store holds, as it was at one moment.
 *
 * <p>Nobody else can write to a store that this process holds alone. Of any other store there is no picture of one moment to be had
 * through the port, so all of it is read a second time: if every document has the version then that it had before, nothing changed
 * between the two looks at it, and all these spans of time share the moment at which the first reading ended. A document that came
 * and went again between its two looks escapes that; otherwise a single write fails the export, and the operator stops the
 * replicas first.
 *
 * <p>An export that was interrupted begins again, on purpose: a file of two halves would be one of two moments, and reading is fast.
 */
public final class Export {
    private static final int PAGE_DOCUMENTS = PageRequest.LIMIT_MAX;

    /** How it ended. */
    public sealed interface Outcome {
        /** The export is whole; the SHA-256 is that of all lines but the last. */
        record Done(long documents, String sha256) implements Outcome {}

        /** Somebody wrote to the store meanwhile. */
        record SourceChanged() implements Outcome {}

        /** The store is only half there itself. */
        record SourceIncomplete(ImportMark mark) implements Outcome {}
    }

    /** Something that is done with every document. */
    @FunctionalInterface
    private interface Visit {
        void at(Document document) throws IOException;
    }

    private final DocumentStore source;
    private final List<Collection> collections;
    private final StoreCalls calls;
    private final Progress progress;

    public Export(DocumentStore source, List<Collection> collections, StoreCalls calls, Progress progress) {
        this.source = source;
        this.collections = collections;
        this.calls = calls;
        this.progress = progress;
    }

    /** Writes to {@code output}; unless it is {@link Outcome.Done}, what is there then is no export. */
    public Outcome run(OutputStream output, Header header, boolean isHeldAlone) throws IOException {
        var unfinished = calls.call(() -> ImportMark.unfinished(source));
        if (unfinished.isPresent()) {
            return new Outcome.SourceIncomplete(unfinished.get());
        }
        var writer = new ExportWriter(output, header);
        var first = new Census();
        var documents = walk(document -> {
            writer.add(document);
            first.add(document);
        });
        if (!isHeldAlone && !isStill(first)) {
            return new Outcome.SourceChanged();
        }
        return new Outcome.Done(documents, writer.finish());
    }

    private boolean isStill(Census first) throws IOException {
        var second = new Census();
        walk(second::add);
        return second.isSameAs(first);
    }

    private long walk(Visit visit) throws IOException {
        var documents = 0L;
        for (var collection : collections) {
            @Nullable String cursor = null;
            do {
                var request = new PageRequest(PAGE_DOCUMENTS, cursor);
                var page = calls.call(() -> source.scan(collection, request));
                for (var document : page.documents()) {
                    if (!document.key().equals(ImportMark.KEY)) {
                        visit.at(document);
                        progress.reached(++documents);
                    }
                }
                cursor = page.cursor();
            } while (cursor != null);
        }
        return documents;
    }
}
