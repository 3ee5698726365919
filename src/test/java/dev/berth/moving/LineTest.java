package dev.berth.moving;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.moving.Line.MovedDocument;
import dev.berth.store.Document;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.Key;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document is the same behind its line as it was before. */
class LineTest {
    private static final String NAMES_LONGEST = "\"\\😀".repeat(63);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ }",
                " {\"a\":1} ",
                "{\"a\":1.50,\"b\":1e3,\"c\":12345678901234567890123}",
                "{\"a\":\"\\u0041\\n\\\"\",\"sum\":\"00000000\"}",
                "{\"a\":{\"b\":[{},[],\"}\"]},\"a\":2}",
                "{\"ü\":\"中😀\"}",
                "{\n  \"a\": 1\n}\n",
                "{\r\"a\":1}"
            })
    void anyBodyComesBackByteForByte(String body) throws IOException {
        assertThat(movedBody(body.getBytes(UTF_8))).isEqualTo(body.getBytes(UTF_8));
    }

    @Test
    void aBodyInAnotherEncodingComesBackByteForByte() throws IOException {
        var body = "{\"a\":\"中\"}".getBytes(UTF_16LE);
        assertThat(movedBody(body)).isEqualTo(body);
    }

    @Test
    void theLargestBodyUnderTheLongestNamesIsALine() throws IOException {
        var filling = "\n".repeat(Document.BODY_BYTES_MAX - 2);
        var body = ("{" + filling + "}").getBytes(UTF_8);
        assertThat(movedBody(body)).isEqualTo(body);
    }

    @Test
    void linesAreJsonThatAnybodyReads() {
        var line = LineWriter.document(new Document(House.device(7), House.body(7), "v"));
        assertThat(new String(line, UTF_8))
                .isEqualTo("{\"collection\":\"devices\",\"partition\":\"contoso/device-000007\",\"id\":\"device\","
                        + "\"body\":{\"owner\":\"contoso\",\"ownerState\":\"contoso/told\",\"number\":7}");
    }

    private static byte[] movedBody(byte[] body) throws IOException {
        var key = new Key(House.DEVICES, NAMES_LONGEST, NAMES_LONGEST);
        try (var source = new InMemoryDocumentStore()) {
            source.insert(key, body);
            try (var reader = House.reader(House.export(source, "e"))) {
                var moved = reader.next().orElseThrow();
                assertThat(moved).extracting(MovedDocument::key).isEqualTo(key);
                assertThat(reader.next()).isEmpty();
                return moved.body();
            }
        }
    }
}
