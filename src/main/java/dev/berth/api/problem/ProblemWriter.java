package dev.berth.api.problem;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes problem documents; the only place that knows their members. */
final class ProblemWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private ProblemWriter() {}

    static byte[] write(Problem problem, RequestId request) {
        var bytes = new ByteArrayOutputStream(512);
        try (var json = JSON.createGenerator(bytes)) {
            write(problem, request, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(Problem problem, RequestId request, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", problem.type().urn());
        json.writeStringField("title", problem.type().title());
        json.writeNumberField("status", problem.status());
        if (problem.detail() != null) {
            json.writeStringField("detail", unicode(problem.detail()));
        }
        json.writeStringField("instance", "urn:berth:request:" + request);
        json.writeStringField("help", problem.type().help());
        if (problem.retryAfterSeconds().isPresent()) {
            json.writeFieldName("retryAfterSeconds");
            json.writeNumber(problem.retryAfterSeconds().get());
        }
        if (!problem.errors().isEmpty()) {
            writeErrors(problem, json);
        }
        for (var member : problem.members().entrySet()) {
            json.writePOJOField(member.getKey(), member.getValue());
        }
        json.writeEndObject();
    }

    private static void writeErrors(Problem problem, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("errors");
        for (var error : problem.errors()) {
            json.writeStartObject();
            json.writeStringField("in", error.in().wireName());
            json.writeStringField("pointer", unicode(error.pointer()));
            json.writeStringField("detail", unicode(error.detail()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Details quote what was sent, and that may hold half of a surrogate pair, which cannot be written as UTF-8. */
    private static String unicode(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }
}
