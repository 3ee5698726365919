package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.store.Key;
import dev.berth.store.StoreListener;
import dev.berth.store.documents.StoredCollections;
import dev.berth.store.embedded.EmbeddedStore;
import dev.berth.store.embedded.EmbeddedStoreOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, verb by verb, as users and their programs run it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class VerbsIT {
    private static final String SIGTERM_EXIT_CODES = "0 or 143";

    @TempDir
    private Path folder;

    @Test
    void demoRegistersTheWholeFleetWithoutA429() throws Exception {
        Path json = folder.resolve("demo.json");

        Process demo = berth(
                        "demo",
                        "--devices",
                        "60",
                        "--instances",
                        "2",
                        "--limit",
                        "600",
                        "--seed",
                        "7",
                        "--exit",
                        "--json",
                        json.toString())
                .start();
        String said = demo.inputReader().readAllAsString();

        assertThat(demo.waitFor()).as(said).isZero();
        JsonNode result = new JsonMapper().readTree(json.toFile());
        assertThat(result.path("registered").asInt()).isEqualTo(60);
        assertThat(result.path("failed").asInt()).isZero();
        assertThat(result.path("instances").findValues("throttled")).allMatch(count -> count.asInt() == 0);
        assertThat(result.path("instances").findValues("registrations").stream()
                        .mapToInt(JsonNode::asInt)
                        .sum())
                .isEqualTo(60);
        assertThat(said).contains("KEPT");
    }

    @Test
    void unscheduledDemoIsHeldToNoPromise() throws Exception {
        Path json = folder.resolve("demo.json");

        Process demo = berth(
                        "demo",
                        "--devices",
                        "20",
                        "--instances",
                        "1",
                        "--unscheduled",
                        "--exit",
                        "--json",
                        json.toString())
                .start();
        String said = demo.inputReader().readAllAsString();

        assertThat(demo.waitFor()).as(said).isZero();
        assertThat(new JsonMapper().readTree(json.toFile()).path("registered").asInt())
                .isEqualTo(20);
        assertThat(said).contains("without Berth").doesNotContain("KEPT");
    }

    @Test
    void sandboxSaysWhenItIsReadyAndServesADeviceWrittenInPython() throws Exception {
        Path directory = folder.resolve("a sandbox");
        Process sandbox = berth("sandbox", "--dir", directory.toString(), "--instances", "2")
                .start();
        try {
            assertThat(sandbox.inputReader().readLine()).startsWith("READY " + directory.resolve("sandbox.json"));
            JsonNode description =
                    new JsonMapper().readTree(directory.resolve("sandbox.json").toFile());
            assertThat(description.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "deviceUrl",
                            "adminUrl",
                            "managementUrl",
                            "serverCaFile",
                            "tenant",
                            "admin",
                            "deviceCa",
                            "emulator");
            assertThat(description.path("emulator").path("instances")).hasSize(2);
            assertIsSecret(description.path("admin").path("keyFile"));
            assertIsSecret(description.path("deviceCa").path("keyFile"));
            assertThat(bootInPython(directory, description)).startsWith("dps-").contains(" sensor-1");
        } finally {
            sandbox.destroy();
        }
        assertThat(sandbox.waitFor()).as(SIGTERM_EXIT_CODES).isIn(0, 143);
    }

    @Test
    void emulatorRunsAlone() throws Exception {
        Process emulator = berth("emulator", "--dir", folder.toString(), "--instances", "2")
                .start();
        try {
            assertThat(emulator.inputReader().readLine()).startsWith("READY " + folder.resolve("emulator.json"));
            assertThat(new JsonMapper()
                            .readTree(folder.resolve("emulator.json").toFile())
                            .path("instances"))
                    .hasSize(2);
        } finally {
            emulator.destroy();
        }
        assertThat(emulator.waitFor()).as(SIGTERM_EXIT_CODES).isIn(0, 143);
    }

    @Test
    void aStoreMovesThroughAPipeAsItIs() throws Exception {
        Path first = folder.resolve("first.ndjson");
        Path second = folder.resolve("second.ndjson");
        try (var store =
                EmbeddedStore.open(folder.resolve("old"), EmbeddedStoreOptions.defaults(), StoreListener.NONE)) {
            for (var collection : StoredCollections.ALL) {
                store.insert(new Key(collection, "contoso/ü", "one"), "{ \"a\": 1.50 }".getBytes(UTF_8));
            }
        }

        assertThat(move("old", "export").redirectOutput(first.toFile()).start().waitFor())
                .isZero();
        assertThat(move("new", "import").redirectInput(first.toFile()).start().waitFor())
                .isZero();
        assertThat(move("new", "export").redirectOutput(second.toFile()).start().waitFor())
                .isZero();

        List<String> lines = Files.readAllLines(first);
        assertThat(lines).hasSize(StoredCollections.ALL.size() + 2);
        assertThat(Files.readAllLines(second).subList(1, lines.size() - 1))
                .isEqualTo(lines.subList(1, lines.size() - 1));
    }

    private ProcessBuilder move(String store, String verb) {
        var process = berth(verb, "-");
        process.environment().put("BERTH_STORE_DIRECTORY", folder.resolve(store).toString());
        return process;
    }

    private String bootInPython(Path directory, JsonNode description) throws Exception {
        assumeTrue(isInstalled("python3"), "python3 is not installed: docs/examples/device.py was not run");
        String berth = description.path("deviceUrl").asText().replace("https://", "");
        Process device = new ProcessBuilder(
                        "python3",
                        "docs/examples/device.py",
                        berth,
                        directory.resolve("ca.pem").toString(),
                        directory.resolve("device.pem").toString(),
                        directory.resolve("device.key").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = device.inputReader()) {
            return out.readAllAsString();
        }
    }

    private static boolean isInstalled(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version").start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static void assertIsSecret(JsonNode file) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file.asText()))))
                .isEqualTo("rw-------");
    }

    private static ProcessBuilder berth(String... arguments) {
        return PackagedProgram.of(List.of(), List.of(arguments));
    }
}
