package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./berth} does before Java takes over, in a copy of the project made of fakes. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("berth").toAbsolutePath();

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Path project;
    private Path jvms;
    private Path builds;

    @BeforeEach
    void copyOfTheProject() throws Exception {
        project = Files.createDirectories(folder.resolve("a clone/of berth"));
        jvms = Files.createDirectories(folder.resolve("jvms"));
        builds = folder.resolve("builds");
        Files.copy(LAUNCHER, project.resolve("berth"));
        write(project.resolve("pom.xml"), "<project/>");
        write(project.resolve("openapi.yaml"), "openapi: 3.1.0");
        write(project.resolve(".mvn/jvm.config"), "");
        write(project.resolve("src/main/java/A.java"), "class A {}");
        write(project.resolve("loadtest/pom.xml"), "<project/>");
        write(project.resolve("loadtest/src/main/java/B.java"), "class B {}");
        program(folder.resolve("bin/mvn"), """
                echo "$JAVA_HOME" >> '%s'
                [ ! -e broken ] || { echo '[ERROR] A.java:[1,1] is broken'; exit 1; }
                mkdir -p target/quarkus-app && touch target/quarkus-app/quarkus-run.jar
                case "$*" in *-Pnative*) touch target/berth-runner && chmod +x target/berth-runner ;; esac
                echo "maven: $*"
                """.formatted(builds));
        environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("BERTH_JVM_FOLDERS", jvms.toString());
        environment.put("BERTH_JDK_DOWNLOAD", "off");
    }

    @Test
    void listsTheVerbsWithoutAJdk() throws Exception {
        assertThat(berth().out())
                .contains("demo", "serve", "test")
                .isEqualTo(berth("--help").out());
        assertThat(berth().exit()).isZero();
    }

    @Test
    void refusesAnUnknownVerbAsUsage() throws Exception {
        var run = berth("fly");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("fly").hasLineCount(1);
    }

    @Test
    void takesTheJdkOfJavaHomeFirst() throws Exception {
        jdk(jvms.resolve("other"), "25.0.1");
        Path home = jdk(folder.resolve("mine"), "26");
        environment.put("JAVA_HOME", home.toString());

        berth("serve");

        assertThat(builds).hasContent(home.toString());
    }

    @Test
    void passesOverAJdkThatIsTooOldOrNoJdkAtAll() throws Exception {
        environment.put("JAVA_HOME", jdk(jvms.resolve("a-17"), "17.0.9").toString());
        jdk(jvms.resolve("b-8"), "1.8.0_402");
        Files.delete(jdk(jvms.resolve("c-runtime"), "25").resolve("bin/javac"));
        Path good = jdk(jvms.resolve("d/Contents/Home"), "25.0.1");

        berth("serve");

        assertThat(builds).hasContent(good.toString());
    }

    @Test
    void fetchesNothingWhenDownloadsAreOff() throws Exception {
        var run = berth("serve");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("no JDK 25 found", "BERTH_JDK_DOWNLOAD=off")
                .hasLineCount(1);
    }

    @Test
    void fetchesAJdkOnceAndSaysSo() throws Exception {
        Path archive = archive("25.0.1");
        offer(archive, sha256(archive));

        var first = berth("serve");
        Files.delete(archive);
        var second = berth("serve");

        assertThat(first.err()).contains("fetching file:" + archive);
        assertThat(second.err()).doesNotContain("fetching");
        assertThat(List.of(first.exit(), second.exit())).containsOnly(0);
    }

    @Test
    void asksTheCatalogForTheNewestArchive() throws Exception {
        Path archive = archive("25.0.1");
        Path catalog = write(folder.resolve("catalog.json"), """
                [{"binary": {"installer": {"checksum": "00", "link": "file:///wrong"},
                  "package": {"checksum": "%s", "link": "file:%s", "name": "jdk.tar.gz"}}}]
                """.formatted(sha256(archive), archive));
        environment.remove("BERTH_JDK_DOWNLOAD");
        environment.put("BERTH_JDK_CATALOG", "file:" + catalog);

        assertThat(berth("serve").exit()).isZero();
    }

    @Test
    void usesNoArchiveWithAnotherChecksum() throws Exception {
        offer(archive("25.0.1"), "0".repeat(64));

        var run = berth("serve");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("does not have the SHA-256");
        assertThat(builds).doesNotExist();
    }

    @Test
    void usesNoArchiveWithoutAChecksum() throws Exception {
        offer(archive("25.0.1"), "");

        assertThat(berth("serve").err()).contains("set BERTH_JDK_SHA256");
    }

    @Test
    void usesNoArchiveOfAnOldJdk() throws Exception {
        Path archive = archive("17.0.9");
        offer(archive, sha256(archive));

        assertThat(berth("serve").err()).contains("holds no JDK 25");
    }

    @Test
    void buildsOnlyWhenSourcesChanged() throws Exception {
        jdk(jvms.resolve("25"), "25");

        berth("serve");
        berth("serve");
        assertThat(builds).content().hasLineCount(1);

        write(project.resolve("src/main/java/A.java"), "class A { }");
        berth("serve");
        assertThat(builds).content().hasLineCount(2);

        Files.delete(project.resolve("src/main/java/A.java"));
        berth("build");
        assertThat(builds).content().hasLineCount(3);
    }

    @Test
    void buildsOnceForVerbsStartedTogether() throws Exception {
        jdk(jvms.resolve("25"), "25");

        var started = Stream.generate(() -> start("serve")).limit(4).toList();

        for (Process one : started) {
            assertThat(one.waitFor()).isZero();
        }
        assertThat(builds).content().hasLineCount(1);
    }

    @Test
    void showsWhyTheBuildFailed() throws Exception {
        jdk(jvms.resolve("25"), "25");
        write(project.resolve("broken"), "");

        var run = berth("serve");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("[ERROR] A.java:[1,1] is broken", "the build failed", "target/berth-build.log");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void preparesFastStartsOnceForEachBuild() throws Exception {
        jdk(jvms.resolve("25"), "25");

        var first = berth("serve");
        var second = berth("serve");
        var cache = project.toRealPath().resolve("target/quarkus-app/berth.aot");

        assertThat(first.err()).contains("preparing fast starts");
        assertThat(second.err()).doesNotContain("preparing");
        assertThat(List.of(first.out(), second.out(), berth("demo").out()))
                .allMatch(out -> out.contains("<-XX:AOTCache=" + cache + ">"));

        write(project.resolve("src/main/java/A.java"), "class A { }");
        assertThat(berth("demo").out()).as("the cache of another build").doesNotContain("AOTCache");
        assertThat(berth("build").err()).contains("preparing fast starts");
    }

    @Test
    void startsWithoutACacheThatTheJdkDoesNotMake() throws Exception {
        Path home = jdk(jvms.resolve("25"), "25");
        program(home.resolve("bin/java"), "printf '<%s>' \"$@\"");

        var first = berth("serve");

        assertThat(first.exit()).isZero();
        assertThat(first.err()).contains("starts without one", "target/berth-train.log");
        assertThat(first.out()).doesNotContain("AOTCache");
        assertThat(berth("serve").err()).as("it is not tried again").isEmpty();
    }

    @Test
    void makesTheExecutableByTheBuilderThatIsInstalled() throws Exception {
        jdk(jvms.resolve("25"), "25");
        program(folder.resolve("graalvm/bin/native-image"), "");
        environment.put("GRAALVM_HOME", folder.resolve("graalvm").toString());

        var first = berth("build", "--native");
        var second = berth("build", "--native");

        assertThat(first.err())
                .contains(folder.resolve("graalvm/bin/native-image").toString(), "target/berth-runner, built in");
        assertThat(second.err()).isEmpty();
    }

    @Test
    void assemblesABuilderWhereNoneIsInstalled() throws Exception {
        jdk(jvms.resolve("25"), "25");
        var builder = folder.resolve("assembled");
        program(builder.resolve("bin/native-image"), "");
        program(folder.resolve("kit/install.sh"), "echo working; echo '%s'".formatted(builder));
        environment.put("BERTH_NATIVE_KIT", folder.resolve("kit").toString());

        assertThat(berth("build", "--native").err()).contains("assembled by", "target/berth-runner, built in");
    }

    @Test
    void saysWhatANativeBuildNeeds() throws Exception {
        jdk(jvms.resolve("25"), "25");

        var run = berth("build", "--native");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("no native-image found", "GRAALVM_HOME", "Docker", "BERTH_NATIVE_KIT");
    }

    @Test
    void testsTheExecutableThatItBuilds() throws Exception {
        jdk(jvms.resolve("25"), "25");
        program(folder.resolve("graalvm/bin/native-image"), "");
        environment.put("GRAALVM_HOME", folder.resolve("graalvm").toString());

        var run = berth("test", "--native", "-Dit.test=One");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("failsafe:integration-test", "-Dberth.executable=" + project.toRealPath(), "-Dit.test=One")
                .contains("PASSED: 0 tests");
    }

    @Test
    void testsNoExecutableWhereNoneCanBeMade() throws Exception {
        jdk(jvms.resolve("25"), "25");

        assertThat(berth("test", "--native").exit()).isEqualTo(3);
    }

    @Test
    void refusesAnOptionThatBuildDoesNotHave() throws Exception {
        jdk(jvms.resolve("25"), "25");

        assertThat(berth("build", "--fast").exit()).isEqualTo(2);
        assertThat(builds).doesNotExist();
    }

    @Test
    void becomesTheLoadTestWithoutBuildingBerth() throws Exception {
        jdk(jvms.resolve("25"), "25");
        environment.put("FAKE_EXIT", "2");

        var run = berth("loadtest", "overload", "--devices", "9");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out())
                .contains("<-Dberth.home=" + project.toRealPath() + ">")
                .endsWith("<dev.berth.loadtest.LoadTest><overload><--devices><9>");
        assertThat(project.resolve("target/berth-loadtest.log")).content().contains("-f loadtest/pom.xml package");
        assertThat(project.resolve("target/berth.built")).doesNotExist();
    }

    @Test
    void buildsTheLoadTestOnlyWhenItsOwnSourcesChanged() throws Exception {
        jdk(jvms.resolve("25"), "25");

        berth("loadtest", "overload");
        write(project.resolve("src/main/java/A.java"), "class A { }");
        berth("loadtest", "overload");
        assertThat(builds).content().hasLineCount(1);

        write(project.resolve("loadtest/src/main/java/B.java"), "class B { }");
        berth("loadtest", "overload");
        assertThat(builds).content().hasLineCount(2);
    }

    @Test
    void theLoadTestIsNoPartOfBerthsBuild() throws Exception {
        jdk(jvms.resolve("25"), "25");

        berth("serve");
        write(project.resolve("loadtest/src/main/java/B.java"), "class B { }");
        berth("serve");

        assertThat(builds).content().hasLineCount(1);
    }

    @Test
    void showsWhyTheBuildOfTheLoadTestFailed() throws Exception {
        jdk(jvms.resolve("25"), "25");
        write(project.resolve("broken"), "");

        var run = berth("loadtest", "overload");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("is broken", "the build of the load test failed", "target/berth-loadtest.log");
    }

    @Test
    void testsByMavenWhoseLinesReachStandardOutput() throws Exception {
        jdk(jvms.resolve("25"), "25");

        var run = berth("test", "-Dtest=One");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("maven: -B -ntp verify -Dtest=One", "PASSED: 0 tests");
    }

    @Test
    void failsWhenTestsFail() throws Exception {
        jdk(jvms.resolve("25"), "25");
        write(project.resolve("broken"), "");

        var run = berth("test");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("FAILED");
    }

    @Test
    void becomesTheVerbAndPassesItsArgumentsAndExitCodeOn() throws Exception {
        jdk(jvms.resolve("25"), "25");
        environment.put("FAKE_EXIT", "42");

        var run = berth("demo", "--json", "a file");

        assertThat(run.exit()).isEqualTo(42);
        assertThat(run.out())
                .contains("<-jar><" + project.toRealPath().resolve("target/quarkus-app/quarkus-run.jar")
                        + "><demo><--json><a file>");
    }

    @Test
    void worksThroughASymbolicLinkFromAnywhere() throws Exception {
        jdk(jvms.resolve("25"), "25");
        Files.createSymbolicLink(folder.resolve("bin/berth"), Path.of("../a clone/of berth/berth"));

        var run = run(folder, List.of(folder.resolve("bin/berth").toString(), "serve"));

        assertThat(run.exit()).isZero();
        assertThat(project.resolve("target/quarkus-app")).exists();
    }

    @Test
    void stopsTheBuildWhenItIsTerminated() throws Exception {
        jdk(jvms.resolve("25"), "25");
        Path started = folder.resolve("started");
        Process pipe = new ProcessBuilder("mkfifo", started.toString()).start();
        assertThat(pipe.waitFor()).isZero();
        program(folder.resolve("bin/mvn"), "echo $$ > '%s'; exec sleep 600".formatted(started));

        Process launcher = start("serve");
        long maven = Long.parseLong(Files.readString(started).strip());
        launcher.destroy();

        assertThat(launcher.waitFor()).isEqualTo(143);
        ProcessHandle.of(maven).ifPresent(process -> process.onExit().join());
    }

    private Run berth(String... arguments) throws Exception {
        return run(
                folder,
                Stream.concat(Stream.of(project.resolve("berth").toString()), Stream.of(arguments))
                        .toList());
    }

    private Run run(Path currentFolder, List<String> command) throws Exception {
        Path out = Files.createTempFile(folder, "run", ".out");
        Path err = Files.createTempFile(folder, "run", ".err");
        Process process = process(currentFolder, command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Process start(String verb) {
        try {
            return process(folder, List.of(project.resolve("berth").toString(), verb))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private ProcessBuilder process(Path currentFolder, List<String> command) {
        var builder = new ProcessBuilder(command).directory(currentFolder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    private void offer(Path archive, String sha256) {
        environment.remove("BERTH_JDK_DOWNLOAD");
        environment.put("BERTH_JDK_URL", "file:" + archive);
        environment.put("BERTH_JDK_SHA256", sha256);
    }

    private Path archive(String version) throws Exception {
        Path archive = folder.resolve("jdk.tar.gz");
        jdk(folder.resolve("packed/jdk"), version);
        Process tar = new ProcessBuilder("tar", "-czf", archive.toString(), "-C", folder + "/packed", "jdk").start();
        assertThat(tar.waitFor()).isZero();
        return archive;
    }

    private static Path jdk(Path home, String version) throws IOException {
        write(home.resolve("release"), "IMPLEMENTOR=\"fake\"\nJAVA_VERSION=\"" + version + "\"\n");
        program(home.resolve("bin/javac"), "");
        program(home.resolve("bin/java"), """
                for option in "$@"; do case $option in -XX:AOTCacheOutput=*) touch "${option#*=}"; exit 0 ;; esac; done
                printf '<%s>' "$@"
                exit ${FAKE_EXIT:-0}
                """);
        return home;
    }

    private static void program(Path file, String script) throws IOException {
        write(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, UTF_8);
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private record Run(int exit, String out, String err) {}
}
