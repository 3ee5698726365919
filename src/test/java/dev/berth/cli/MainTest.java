package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line: verbs, help and exit codes. Nothing here starts anything. */
class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void launcherListsEveryVerb() throws Exception {
        String launcher = Files.readString(Path.of("berth"));

        assertThat(verbs())
                .isNotEmpty()
                .allSatisfy(verb -> assertThat(launcher)
                        .contains("  ./berth " + verb + " ")
                        .containsPattern("(?m)^  (\\w+ \\| )*" + verb + "( \\| \\w+)*\\) ;;$"));
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void everyVerbHasHelpWithAnExample(String verb) {
        assertThat(run(verb, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: berth " + verb, "Example", "  berth " + verb + " ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fly",
                "demo --devices many",
                "demo --devices 0",
                "demo --instances 0",
                "demo --limit 0",
                "demo surprise",
                "sandbox",
                "sandbox --dir x --instances 101",
                "emulator",
                "emulator --dir x --limit 0",
                "serve --config /nowhere",
                "export",
                "export --config /nowhere x",
                "import",
                "import /nowhere",
                "pki",
                "bench surprise"
            })
    void exitsWithTwoWhenItIsUsedWrongly(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isNotBlank();
    }

    @Test
    void exitsWithOneAndOneLineWhenTheWorkFails(@TempDir Path directory) throws Exception {
        Files.createDirectories(directory.resolve("data"));

        assertThat(run("sandbox", "--dir", directory.toString())).isEqualTo(1);
        assertThat(err.toString()).startsWith("berth: ").hasLineCount(1);
    }

    private static List<String> verbs() {
        return List.copyOf(Main.commandLine().getSubcommands().keySet());
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
