package dev.berth.moving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.Main;
import dev.berth.sandbox.LocalCosmos;
import dev.berth.store.Collection;
import dev.berth.store.StoreListener;
import dev.berth.store.cosmos.CosmosCredential;
import dev.berth.store.cosmos.CosmosLimits;
import dev.berth.store.cosmos.CosmosStore;
import dev.berth.store.cosmos.CosmosStoreOptions;
import dev.berth.store.cosmos.CosmosStoreOptions.Mode;
import dev.berth.store.cosmos.LocalAccount;
import dev.berth.store.cosmos.NeedsLocalCosmos;
import dev.berth.store.embedded.EmbeddedStore;
import dev.berth.store.embedded.EmbeddedStoreOptions;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a directory into a Cosmos DB and back into another directory, by the verbs as processes of their own. */
@NeedsLocalCosmos
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CosmosMovingTest {
    private static final int DEVICES = 4_000;
    private static final int KILL_AT = DEVICES / 3;
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    @TempDir
    private Path directory;

    private final String database = "moving-" + UUID.randomUUID();

    @Test
    void thousandsOfDocumentsComeBackFromCosmosAsTheyWereThoughTheImportWasKilled() throws Exception {
        try (var source = embedded()) {
            House.furnish(source, DEVICES);
        }
        finish("export", old(), "first");

        killTheImport("first");
        finish("import", cosmos(), "first");
        finish("export", cosmos(), "second");
        finish("import", fresh(), "second");
        finish("export", fresh(), "third");

        var lines = documents("first");
        assertThat(lines).hasSize(DEVICES + House.OTHERS);
        assertThat(withoutSums("second"))
                .isEqualTo(withoutSums("first")); // which go by the order, and Cosmos has its own
        assertThat(documents("third").equals(lines)).as("line by line").isTrue();
    }

    /** Somewhere in the midst of it. */
    private void killTheImport(String file) throws Exception {
        try (var target = openCosmos()) {
            var process = start("import", cosmos(), file);
            while (target.find(House.device(KILL_AT)).isEmpty()) {
                assertThat(process.waitFor(LOOK_EVERY)).as("ended by itself").isFalse();
            }
            process.toHandle().destroyForcibly();
            process.onExit().join();

            assertThat(ImportMark.unfinished(target)).isPresent();
            assertThat(House.contents(target)).hasSizeBetween(1, DEVICES + House.OTHERS - 1);
        }
    }

    private Set<String> withoutSums(String file) throws IOException {
        return documents(file).stream()
                .map(line -> line.replaceFirst(",\"sum\":\"[0-9a-f]{8}\"}$", ""))
                .collect(Collectors.toSet());
    }

    private List<String> documents(String file) throws IOException {
        var lines = Files.readAllLines(directory.resolve(file));
        return lines.subList(1, lines.size() - 1);
    }

    private String old() {
        return "berth.store.directory=" + directory.resolve("old");
    }

    private String fresh() {
        return "berth.store.directory=" + directory.resolve("fresh");
    }

    private String cosmos() {
        var server = LocalAccount.server();
        return """
                berth.store=cosmos
                berth.store.cosmos.endpoint=%s
                berth.store.cosmos.key=%s
                berth.store.cosmos.database=%s
                berth.store.cosmos.mode=gateway
                berth.store.cosmos.request-time-max=PT30S
                berth.store.cosmos.answer-wait-max=PT60S
                """.formatted(server.endpoint(), server.key(), database);
    }

    private void finish(String verb, String settings, String file) throws Exception {
        assertThat(start(verb, settings, file).waitFor()).as(verb + " " + file).isZero();
    }

    private Process start(String verb, String settings, String file) throws IOException {
        var config = Files.writeString(directory.resolve("berth.properties"), settings);
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + LocalCosmos.PLAIN_HTTP_PROPERTY + "=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(
                verb, "--config", config.toString(), directory.resolve(file).toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.INHERIT)
                .start();
    }

    private EmbeddedStore embedded() {
        var store = EmbeddedStore.open(directory.resolve("old"), EmbeddedStoreOptions.defaults(), StoreListener.NONE);
        store.declare(House.COLLECTIONS.toArray(Collection[]::new));
        return store;
    }

    private CosmosStore openCosmos() {
        var server = LocalAccount.server();
        var options = new CosmosStoreOptions(
                server.endpoint(),
                new CosmosCredential.Key(server.key()),
                database,
                Mode.GATEWAY,
                List.of(),
                true,
                1_000,
                CosmosLimits.DEFAULT);
        return CosmosStore.open(
                options, StoreListener.NONE, new Random(), House.COLLECTIONS.toArray(Collection[]::new));
    }
}
