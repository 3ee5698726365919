package dev.berth.moving;

import dev.berth.moving.Line.MovedDocument;
import dev.berth.moving.Line.Trailer;
import dev.berth.store.Collection;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An export, read from the front. Nothing is taken before its line's sum was found right. */
public final class ExportReader implements Closeable {
    private final LineInput lines;
    private final LineParser parser;
    private final LineSum sum = new LineSum();
    private final Sha256 digest = new Sha256();
    private final Map<String, Long> documents = new HashMap<>();
    private final Header header;
    private boolean isAtEnd;

    /**
     * Reads the first line.
     *
     * @param known the collections that this version has
     * @throws UnreadableExportException here and in every other method if the next line cannot be taken
     */
    public ExportReader(InputStream input, List<Collection> known) throws IOException {
        lines = new LineInput(input);
        parser = new LineParser(known);
        var line = requiredLine();
        header = parsed(() -> parser.header(line)); // before the sum, which a newer format may not have
        requireSum(line);
        digest.add(line);
        sum.beginAnew();
    }

    public Header header() {
        return header;
    }

    /** Reads the whole export, and counts its documents. */
    public long verify(Progress progress) throws IOException {
        var count = 0L;
        for (var next = next(); next.isPresent(); next = next()) {
            progress.reached(++count);
        }
        return count;
    }

    /** The next document; none once the last line was reached and found right. */
    Optional<MovedDocument> next() throws IOException {
        return isAtEnd ? Optional.empty() : read();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private Optional<MovedDocument> read() throws IOException {
        var line = requiredLine();
        requireSum(line);
        return switch (parsed(() -> parser.line(line))) {
            case MovedDocument document -> {
                digest.add(line);
                documents.merge(document.key().collection().name(), 1L, Long::sum);
                yield Optional.of(document);
            }
            case Trailer trailer -> {
                requireEnd(trailer);
                isAtEnd = true;
                yield Optional.empty();
            }
        };
    }

    private byte[] requiredLine() throws IOException {
        byte @Nullable [] line = lines.next();
        if (line == null) {
            throw lines.unreadable("is missing: the file was cut off, or its export never finished", null);
        }
        return line;
    }

    private void requireSum(byte[] line) throws UnreadableExportException {
        if (!sum.isNext(line)) {
            throw lines.unreadable("is not what was written there: its sum is wrong", null);
        }
    }

    private void requireEnd(Trailer trailer) throws IOException {
        for (var count : trailer.documents().entrySet()) {
            if (documents.getOrDefault(count.getKey(), 0L).longValue() != count.getValue()) {
                throw lines.unreadable("counts " + count.getValue() + " documents of " + count.getKey(), null);
            }
        }
        if (!trailer.sha256().equals(digest.hex())) {
            throw lines.unreadable("states another SHA-256 than the lines before it have", null);
        }
        if (lines.next() != null) {
            throw lines.unreadable("stands behind the end of the export", null);
        }
    }

    private <T> T parsed(Supplier<T> line) throws UnreadableExportException {
        try {
            return line.get();
        } catch (IllegalArgumentException e) {
            throw lines.unreadable(String.valueOf(e.getMessage()), e);
        }
    }
}
