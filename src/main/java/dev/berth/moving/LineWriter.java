package dev.berth.moving;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.berth.store.Document;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;

/**
 * Lines without their sums: JSON objects that are still open.
 *
 * <pre>
 * {"berthExport":1,"export":"…","at":"…","berth":"…","collections":["devices",…]
 * {"collection":"devices","partition":"…","id":"…","body":{…}
 * {"documents":{"devices":1000000,…},"sha256":"…"
 * </pre>
 *
 * A body stands in its line as it is stored, byte for byte, unless it would break the line or is not UTF-8; then it is {@code
 * bodyBase64}.
 */
final class LineWriter {
    static final int FORMAT = 1;
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonStringEncoder QUOTES = JsonStringEncoder.getInstance();

    /** Writes members of an object. */
    @FunctionalInterface
    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private LineWriter() {}

    static byte[] header(Header header) throws IOException {
        return open(json -> {
            json.writeNumberField("berthExport", FORMAT);
            json.writeStringField("export", header.export());
            json.writeStringField("at", header.at().toString());
            json.writeStringField("berth", header.berth());
            json.writeFieldName("collections");
            var names = header.collections().toArray(String[]::new);
            json.writeArray(names, 0, names.length);
        });
    }

    static byte[] document(Document document) {
        var key = document.key();
        var line = new ByteArrayOutputStream(document.body().length + 256);
        line.writeBytes(member("{\"collection\":\"", key.collection().name()));
        line.writeBytes(member("\",\"partition\":\"", key.partition()));
        line.writeBytes(member("\",\"id\":\"", key.id()));
        if (standsInALine(document.body())) {
            line.writeBytes("\",\"body\":".getBytes(UTF_8));
            line.writeBytes(document.body());
        } else {
            line.writeBytes("\",\"bodyBase64\":\"".getBytes(UTF_8));
            line.writeBytes(Base64.getEncoder().encode(document.body()));
            line.write('"');
        }
        return line.toByteArray();
    }

    static byte[] trailer(Map<String, Long> documents, String sha256) throws IOException {
        return open(json -> {
            json.writeObjectFieldStart("documents");
            for (var count : documents.entrySet()) {
                json.writeNumberField(count.getKey(), count.getValue());
            }
            json.writeEndObject();
            json.writeStringField("sha256", sha256);
        });
    }

    private static byte[] member(String before, String value) {
        var line = new ByteArrayOutputStream(64);
        line.writeBytes(before.getBytes(UTF_8));
        line.writeBytes(QUOTES.quoteAsUTF8(value));
        return line.toByteArray();
    }

    /** JSON in UTF-16 or UTF-32 has zero bytes, JSON in UTF-8 has none. */
    private static boolean standsInALine(byte[] body) {
        for (var one : body) {
            if (one == '\n' || one == '\r' || one == 0) {
                return false;
            }
        }
        return body[0] == '{' && body[body.length - 1] == '}';
    }

    private static byte[] open(Members members) throws IOException {
        var line = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(line)) {
            json.writeStartObject();
            members.write(json);
            json.flush();
            return line.toByteArray();
        }
    }
}
