package dev.berth.moving;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.berth.store.InMemoryDocumentStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happened to a file, it is not taken for whole, and the first line that is wrong is named. */
class UnreadableExportTest {
    private static final int DEVICES = 3;

    /** The header, the devices, one document in each collection, the end. */
    private static final int LINES = 1 + DEVICES + House.COLLECTIONS.size() + 1;

    private byte[] export = {};

    @BeforeEach
    void export() throws IOException {
        try (var source = new InMemoryDocumentStore()) {
            House.furnish(source, DEVICES);
            export = House.export(source, "e");
        }
        assertThat(lines()).hasSize(LINES);
        assertThat(documents(export)).isEqualTo(DEVICES + House.COLLECTIONS.size());
    }

    @Test
    void everyDamagedByteIsFoundInItsLine() {
        for (var at = 0; at < export.length; at++) {
            for (var bit = 0; bit < Byte.SIZE; bit++) {
                var damaged = export.clone();
                damaged[at] ^= (byte) (1 << bit);
                assertThat(unreadable(damaged).line())
                        .as("byte %d, bit %d", at, bit)
                        .isEqualTo(lineOf(at));
            }
        }
    }

    @Test
    void whereverTheFileIsCutItIsNotWhole() {
        for (var length = 0; length < export.length; length++) {
            assertThat(unreadable(Arrays.copyOf(export, length)).line())
                    .as("%d bytes", length)
                    .isEqualTo(lineOf(length));
        }
    }

    @Test
    void whereverAPackedFileIsCutItIsNotWhole() throws IOException {
        var packed = new ByteArrayOutputStream();
        var _ = ExportFile.write(packed, true, output -> {
            output.write(export);
            return true;
        });
        assertThat(documents(packed.toByteArray())).isPositive();
        for (var length = 0; length < packed.size(); length++) {
            assertThat(unreadable(Arrays.copyOf(packed.toByteArray(), length)).line())
                    .isBetween(1L, (long) LINES + 1);
        }
    }

    @Test
    void aLostLineIsNamed() {
        for (var lost = 2; lost < LINES; lost++) {
            var rest = lines();
            rest.remove(lost - 1);
            assertThat(unreadable(file(rest)).line()).isEqualTo(lost);
        }
    }

    @Test
    void aDoubledLineIsNamed() {
        for (var doubled = 1; doubled < LINES; doubled++) {
            var more = lines();
            more.add(doubled, more.get(doubled - 1));
            assertThat(unreadable(file(more)).line()).isEqualTo(doubled + 1);
        }
    }

    @Test
    void linesThatChangedPlacesAreNamed() {
        for (var first = 2; first < LINES - 1; first++) {
            var changed = lines();
            Collections.swap(changed, first - 1, first);
            assertThat(unreadable(file(changed)).line()).isEqualTo(first);
        }
    }

    @Test
    void theHeaderOfAnotherExportIsFoundAtTheEnd() throws IOException {
        try (var source = new InMemoryDocumentStore()) {
            House.furnish(source, DEVICES);
            var other = lines();
            other.set(
                    0,
                    new String(House.export(source, "f"), UTF_8)
                            .lines()
                            .findFirst()
                            .orElseThrow());
            assertThat(unreadable(file(other))).hasMessageContaining("SHA-256");
        }
    }

    @Test
    void nothingStandsBehindTheEnd() {
        var more = lines();
        more.add("{}");
        assertThat(unreadable(file(more)).line()).isEqualTo(LINES + 1);
        assertThat(unreadable(Arrays.copyOf(export, export.length + 1)).line()).isEqualTo(LINES + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "null\n",
                "{}\n",
                "{\"berthExport\":\"1\"}\n",
                "{\"berthExport\":1}\n",
                "{\"berthExport\":1,\"export\":\"e\",\"at\":\"yesterday\"}\n",
                "{\"berthExport\":1,\"export\":\"e\",\"at\":\"2026-11-26T14:00:00Z\",\"berth\":\"b\",\"collections\":{}}\n",
                "\u001f\u008b",
                "\u001f\u008bxxxxxxxxxxxxxxxxxx"
            })
    void anythingElseIsNoExport(String text) {
        assertThat(unreadable(text.getBytes(ISO_8859_1)).line()).isEqualTo(1);
    }

    @Test
    void aNewerFormatIsNotGuessedAt() {
        assertThat(unreadable("{\"berthExport\":2,\"whatever\":1}\n".getBytes(UTF_8)))
                .hasMessage("line 1 was written by a newer Berth: format 2");
    }

    @Test
    void anUnknownCollectionIsNamedBeforeAnythingElse() {
        var header = lines().getFirst().replace("\"ledgers\"", "\"transfers\"");
        assertThat(unreadable((header + "\n").getBytes(UTF_8)))
                .hasMessageContaining("line 1 names the collection transfers")
                .hasMessageContaining("berth 1.0 does");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"other\":1",
                "{\"collection\":\"other\"",
                "{\"collection\":7",
                "{\"collection\":\"devices\",\"partition\":\"\",\"id\":\"i\",\"body\":{}",
                "{\"collection\":\"devices\",\"id\":\"i\",\"partition\":\"p\",\"body\":{}",
                "{\"collection\":\"devices\",\"partition\":\"p\",\"id\":\"i\"",
                "{\"collection\":\"devices\",\"partition\":\"p\",\"id\":\"i\",\"body\":[]",
                "{\"collection\":\"devices\",\"partition\":\"p\",\"id\":\"i\",\"body\":{\"owner\":\"a\",\"owner\":\"b\"}",
                "{\"collection\":\"devices\",\"partition\":\"p\",\"id\":\"i\",\"bodyBase64\":\"%\"",
                "{\"collection\":\"devices\",\"partition\":\"p\",\"id\":\"i\",\"bodyBase64\":\"bnVsbA==\"",
                "{\"documents\":7",
                "{\"documents\":{}",
                "{\"documents\":{\"devices\":1},\"sha256\":\"\"",
                "{\"documents\":{},\"sha256\":\"\""
            })
    void aLineWithARightSumMustMakeSenseAllTheSame(String open) {
        assertThat(unreadable(file(List.of(lines().getFirst(), summed(open)))).line())
                .isEqualTo(2);
    }

    @Test
    void aLineHasALimit() {
        assertThat(unreadable("x".repeat(LineInput.LINE_BYTES_MAX + 1).getBytes(UTF_8)))
                .hasMessage("line 1 is longer than any line of an export");
    }

    private static String summed(String open) {
        var bytes = open.getBytes(UTF_8);
        return open + new String(new LineSum().next(bytes, bytes.length), UTF_8);
    }

    private List<String> lines() {
        return new ArrayList<>(new String(export, UTF_8).lines().toList());
    }

    private static byte[] file(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(UTF_8);
    }

    private int lineOf(int position) {
        return 1
                + (int) IntStream.range(0, position)
                        .filter(at -> export[at] == '\n')
                        .count();
    }

    private static long documents(byte[] export) throws IOException {
        try (var reader = House.reader(export)) {
            return reader.verify(House.silent());
        }
    }

    private static UnreadableExportException unreadable(byte[] export) {
        try {
            documents(export);
            return fail("it was read");
        } catch (UnreadableExportException e) {
            return e;
        } catch (IOException e) {
            return fail("it was read by another error", e);
        }
    }
}
