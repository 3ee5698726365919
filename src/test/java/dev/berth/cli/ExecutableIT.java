package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where the native executable has its two libraries from. */
@EnabledIfSystemProperty(
        named = "berth.executable",
        matches = ".+",
        disabledReason = "it is about the native executable: ./berth test --native")
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells which files a process has mapped")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ExecutableIT {
    private static final Pattern LIBRARY =
            Pattern.compile("(/.*)/lib(rocksdbjni|amazonCorrettoCryptoProvider)[^/]*$", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @Test
    void whatStandsBesideItIsNotUnpacked() throws Exception {
        var executable = Path.of(System.getProperty("berth.executable")).toRealPath();
        assertThat(foldersOfLibraries(executable)).containsExactly(executable.getParent());
        assertThat(temporary()).isDirectoryNotContaining("glob:**/*{rocksdb,amazon}*");
    }

    @Test
    void aloneItIsEnough() throws Exception {
        var original = Path.of(System.getProperty("berth.executable")).toRealPath();
        var executable = Files.copy(original, folder.resolve("berth"));
        if (Files.isDirectory(original.resolveSibling("lib"))) {
            Files.createSymbolicLink(folder.resolve("lib"), original.resolveSibling("lib"));
        }
        assertThat(foldersOfLibraries(executable)).isNotEmpty().allMatch(library -> library.startsWith(temporary()));
    }

    private Path temporary() {
        return folder.resolve("tmp");
    }

    /** Of a sandbox that is ready. */
    private Set<Path> foldersOfLibraries(Path executable) throws IOException, InterruptedException {
        Files.createDirectory(temporary());
        var sandbox = new ProcessBuilder(List.of(
                        executable.toString(),
                        "-Djava.io.tmpdir=" + temporary(),
                        "sandbox",
                        "--dir",
                        folder.resolve("sandbox").toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(sandbox.inputReader().readLine()).startsWith("READY");
            var mapped = Files.readString(Path.of("/proc/" + sandbox.pid() + "/maps"));
            return LIBRARY.matcher(mapped)
                    .results()
                    .map(found -> Path.of(found.group(1)))
                    .collect(Collectors.toSet());
        } finally {
            sandbox.destroy();
            sandbox.waitFor();
        }
    }
}
