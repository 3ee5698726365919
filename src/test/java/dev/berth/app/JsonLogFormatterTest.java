package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class JsonLogFormatterTest {

    @Test
    void writesOneObjectPerLineWithTheKeysOfTheRequest() throws IOException {
        var entry = new ExtLogRecord(Level.INFO, "refused\n%s", ExtLogRecord.FormatStyle.PRINTF, "x");
        entry.setParameters(new Object[] {"\"me\""});
        entry.setLoggerName("dev.berth.access");
        entry.setMdc(Map.of("tenant", "contoso", "requestId", "abc"));

        var line = new JsonLogFormatter().format(entry);

        assertThat(line).endsWith("}\n");
        assertThat(line.strip()).doesNotContain("\n");
        var json = read(line);
        assertThat(json.path("level").asText()).isEqualTo("INFO");
        assertThat(json.path("message").asText()).isEqualTo("refused\n\"me\"");
        assertThat(json.path("tenant").asText()).isEqualTo("contoso");
        assertThat(json.path("requestId").asText()).isEqualTo("abc");
        assertThat(json.has("stackTrace")).isFalse();
    }

    @Test
    void writesWhatWasThrown() throws IOException {
        var entry = new ExtLogRecord(Level.ERROR, "failed", "x");
        entry.setThrown(new IllegalStateException("why"));

        assertThat(read(new JsonLogFormatter().format(entry)).path("stackTrace").asText())
                .contains("IllegalStateException: why", "at ");
    }

    private static JsonNode read(String line) throws IOException {
        return new ObjectMapper().readTree(line);
    }
}
