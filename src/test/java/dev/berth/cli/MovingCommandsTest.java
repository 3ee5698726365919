package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.Collection;
import dev.berth.store.Key;
import dev.berth.store.StoreListener;
import dev.berth.store.documents.StoredCollections;
import dev.berth.store.embedded.EmbeddedStore;
import dev.berth.store.embedded.EmbeddedStoreOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code berth export} and {@code berth import} as operators use them: settings, exit codes, and what they are told. */
class MovingCommandsTest {
    private static final Collection LEDGERS = StoredCollections.ALL.get(2);
    private static final Key LEDGER = new Key(LEDGERS, "contoso/eu", "ledger");
    private static final byte[] BODY = "{\"committed\":7}".getBytes(UTF_8);
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    @TempDir
    private Path directory;

    private final StringWriter told = new StringWriter();

    @AfterEach
    void forgetSettings() {
        System.clearProperty("berth.store.directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"export.ndjson", "export.ndjson.gz"})
    void movesAStoreThroughAFile(String file) throws IOException {
        fill("old");

        assertThat(run("export", "old", file)).isEqualTo(DONE);
        assertThat(run("import", "new", file)).isEqualTo(DONE);

        try (var store = open("new")) {
            assertThat(store.find(LEDGER).orElseThrow().body()).isEqualTo(BODY);
            assertThat(store.verify().findings()).isEmpty();
        }
        assertThat(told.toString()).contains("exported 1 documents", "imported 1 documents", "0 of them were there");
        assertThat(run("import", "new", file)).as("once is enough").isEqualTo(DONE);
        assertThat(told.toString()).contains("has taken this export already");
    }

    @Test
    void refusesTheDirectoryOfARunningService() throws IOException {
        try (var running = open("old")) {
            running.insert(LEDGER, BODY);

            assertThat(run("export", "old", "export.ndjson")).isEqualTo(FAILED);
        }
        assertThat(told.toString()).contains("is held by another process").hasLineCount(1);
        assertThat(directory.resolve("export.ndjson")).doesNotExist();
    }

    @Test
    void makesNoStoreWhereNoneIs() throws IOException {
        assertThat(run("export", "nowhere", "export.ndjson")).isEqualTo(FAILED);

        assertThat(told.toString()).contains("there is no store in " + directory.resolve("nowhere"));
        assertThat(directory.resolve("nowhere")).doesNotExist();
    }

    @Test
    void leavesNothingBehindThatItDoesNotKnow() throws IOException {
        try (var store = open("old")) {
            store.insert(new Key(Collection.of("transfers"), "contoso", "one"), BODY);
        }

        assertThat(run("export", "old", "export.ndjson")).isEqualTo(FAILED);
        assertThat(told.toString()).contains("does not know: transfers");
    }

    @Test
    void keepsAFileThatIsThere() throws IOException {
        fill("old");
        Files.writeString(directory.resolve("export.ndjson"), "older");

        assertThat(run("export", "old", "export.ndjson")).isEqualTo(FAILED);
        assertThat(directory.resolve("export.ndjson")).hasContent("older");
    }

    @Test
    void checksTheWholeFileBeforeItTouchesTheTarget() throws IOException {
        fill("old");
        run("export", "old", "export.ndjson");
        var lines = Files.readAllLines(directory.resolve("export.ndjson"));
        Files.write(directory.resolve("cut.ndjson"), lines.subList(0, 2));

        assertThat(run("import", "new", "cut.ndjson")).isEqualTo(FAILED);

        assertThat(told.toString()).contains("line 3 is missing");
        assertThat(directory.resolve("new")).doesNotExist();
    }

    @Test
    void refusesATargetThatIsInhabited() throws IOException {
        fill("old");
        run("export", "old", "export.ndjson");
        fill("new");

        assertThat(run("import", "new", "export.ndjson")).isEqualTo(FAILED);
        assertThat(told.toString()).contains("is not empty: it holds ledgers contoso/eu ledger");
    }

    @Test
    void refusesAStoreSettingThatThereIsNot() throws IOException {
        System.setProperty("berth.store.direktory", "x");
        try {
            assertThat(run("export", "old", "export.ndjson")).isEqualTo(FAILED);
            assertThat(told.toString()).contains("berth.store.direktory");
        } finally {
            System.clearProperty("berth.store.direktory");
        }
    }

    @Test
    void anImportOfNoFileIsWrongUse() throws IOException {
        assertThat(run("import", "new", "nowhere.ndjson")).isEqualTo(USAGE);
    }

    private void fill(String name) {
        try (var store = open(name)) {
            store.insert(LEDGER, BODY);
        }
    }

    private EmbeddedStore open(String name) {
        return EmbeddedStore.open(directory.resolve(name), EmbeddedStoreOptions.defaults(), StoreListener.NONE);
    }

    private int run(String verb, String store, String file) throws IOException {
        forgetSettings();
        var settings = Files.writeString(
                directory.resolve("berth.properties"), "berth.store.directory=" + directory.resolve(store) + "\n");
        return Main.commandLine()
                .setErr(new PrintWriter(told, true))
                .execute(
                        verb,
                        "--config",
                        settings.toString(),
                        directory.resolve(file).toString());
    }
}
