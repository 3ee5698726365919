package dev.berth.moving;

import dev.berth.moving.Line.MovedDocument;
import dev.berth.store.Collection;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import dev.berth.store.PageRequest;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fills an empty store with an export. Interrupted at any moment, it goes on when it is run again with the same export: what is there
 * already, with the same content, counts as done. Nothing that was there is ever changed.
 */
public final class Import {
    /** A batch ends with this many documents, or once it has this many bytes. */
    static final int BATCH_DOCUMENTS_MAX = 5_000;

    static final int BATCH_BYTES_SOFT = 4 << 20;

    /** How it ended. */
    public sealed interface Outcome {
        /** Every document of the export is there, durably. */
        record Done(long written, long wereThere) implements Outcome {
            public long documents() {
                return written + wereThere;
            }
        }

        /** This export was taken before, and a service may have gone on from there. Nothing was done. */
        record DoneBefore(Instant finishedAt) implements Outcome {}

        /** The store holds something that no import left there. Nothing was written. */
        record TargetNotEmpty(Key example) implements Outcome {}

        /** The store takes, or took, another export. Nothing was written. */
        record OtherImport(ImportMark mark) implements Outcome {}

        /** A document is there with other content; it stays as it is. What came before it was written. */
        record Different(Key key) implements Outcome {}
    }

    private final DocumentStore target;
    private final List<Collection> collections;
    private final StoreCalls calls;
    private final InstantSource clock;
    private final Progress progress;

    public Import(
            DocumentStore target,
            List<Collection> collections,
            StoreCalls calls,
            InstantSource clock,
            Progress progress) {
        this.target = target;
        this.collections = collections;
        this.calls = calls;
        this.clock = clock;
        this.progress = progress;
    }

    /** Reads the export to its end, and writes as it goes: see that it is whole before. */
    public Outcome run(ExportReader export) throws IOException {
        var before = calls.call(() -> ImportMark.find(target));
        var stranger = before.isPresent() ? Optional.<Key>empty() : anyDocument();
        if (stranger.isPresent()) {
            return new Outcome.TargetNotEmpty(stranger.get());
        }
        var mine = new ImportMark(export.header().export(), clock.instant(), null);
        var mark = calls.call(() -> mine.insertOrFind(target));
        if (!mark.export().equals(mine.export())) {
            return new Outcome.OtherImport(mark);
        }
        return mark.finishedAt() == null ? fill(export, mark) : new Outcome.DoneBefore(mark.finishedAt());
    }

    private Outcome fill(ExportReader export, ImportMark mark) throws IOException {
        var arrivals = new Arrivals(target, calls);
        for (var batch = nextBatch(export); !batch.isEmpty(); batch = nextBatch(export)) {
            var different = arrivals.take(batch);
            if (different.isPresent()) {
                return new Outcome.Different(different.get());
            }
            progress.reached(arrivals.written() + arrivals.wereThere());
        }
        var _ = calls.call(() -> mark.finish(target, clock.instant()));
        return new Outcome.Done(arrivals.written(), arrivals.wereThere());
    }

    private static List<MovedDocument> nextBatch(ExportReader export) throws IOException {
        var batch = new ArrayList<MovedDocument>();
        for (var bytes = 0; batch.size() < BATCH_DOCUMENTS_MAX && bytes < BATCH_BYTES_SOFT; ) {
            var next = export.next();
            if (next.isEmpty()) {
                break;
            }
            batch.add(next.get());
            bytes += next.get().body().length;
        }
        return batch;
    }

    private Optional<Key> anyDocument() {
        return collections.stream()
                .flatMap(collection ->
                        calls.call(() -> target.scan(collection, PageRequest.first(1))).documents().stream())
                .map(document -> document.key())
                .findFirst();
    }
}
