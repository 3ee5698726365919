package dev.berth.moving;

import dev.berth.store.Document;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the lines of an export. What was not finished is not an export, and no reader takes it for one. */
final class ExportWriter {
    private final OutputStream output;
    private final LineSum sum = new LineSum();
    private final Sha256 digest = new Sha256();
    private final Map<String, Long> documents = new LinkedHashMap<>();

    ExportWriter(OutputStream output, Header header) throws IOException {
        this.output = output;
        header.collections().forEach(name -> documents.put(name, 0L));
        digest.add(write(LineWriter.header(header)));
        sum.beginAnew();
    }

    void add(Document document) throws IOException {
        digest.add(write(LineWriter.document(document)));
        documents.merge(document.key().collection().name(), 1L, Long::sum);
    }

    /** The SHA-256 of all lines but the last. */
    String finish() throws IOException {
        var sha256 = digest.hex();
        write(LineWriter.trailer(documents, sha256));
        output.flush();
        return sha256;
    }

    private byte[] write(byte[] open) throws IOException {
        var end = sum.next(open, open.length);
        var line = new byte[open.length + end.length];
        System.arraycopy(open, 0, line, 0, open.length);
        System.arraycopy(end, 0, line, open.length, end.length);
        output.write(line);
        output.write('\n');
        return line;
    }
}
