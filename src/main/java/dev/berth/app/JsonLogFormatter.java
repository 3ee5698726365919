package dev.berth.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/**
 * One JSON object per line: {@code time}, {@code level}, {@code logger}, {@code thread}, {@code message}, then the keys of the request
 * ({@code requestId}, {@code tenant}, {@code registrationId}, {@code problem}), then {@code stackTrace} if something was thrown.
 */
final class JsonLogFormatter extends ExtFormatter {
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public String format(ExtLogRecord entry) {
        var line = new StringWriter(256);
        try (var json = JSON.createGenerator(line)) {
            json.writeStartObject();
            write(entry, json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.append('\n').toString();
    }

    private void write(ExtLogRecord entry, JsonGenerator json) throws IOException {
        json.writeStringField(
                "time", entry.getInstant().truncatedTo(ChronoUnit.MILLIS).toString());
        json.writeStringField("level", entry.getLevel().getName());
        json.writeStringField("logger", entry.getLoggerName());
        json.writeStringField("thread", entry.getThreadName());
        json.writeStringField("message", formatMessage(entry));
        for (var key : entry.getMdcCopy().entrySet()) {
            json.writeStringField(key.getKey(), key.getValue());
        }
        if (entry.getThrown() != null) {
            var stackTrace = new StringWriter();
            entry.getThrown().printStackTrace(new PrintWriter(stackTrace));
            json.writeStringField("stackTrace", stackTrace.toString());
        }
    }
}
