package dev.berth.bench;

import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.PemFiles;
import dev.berth.pki.Pki;
import dev.berth.sandbox.FreePort;
import dev.berth.sandbox.ThisProgram;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** {@code berth serve}, from the start of its process to the first 200 of its management listener and the first answer over mutual TLS, and the memory it holds when it is idle. */
public final class StartBenchmark implements Benchmark {
    private static final long START_MAX_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(5);
    /** After the first answer: it is idle then, and an executable has given back what the start used. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final double ALIVE_GOAL_SECONDS_JVM = 0.6;
    private static final double ALIVE_GOAL_SECONDS_NATIVE = 0.08;
    private static final double START_GOAL_SECONDS = 3;
    private static final double MEMORY_GOAL_MEBIBYTES = 300;

    private final List<String> launcher;
    private final Path directory;
    private final Pki pki = new Pki();
    private final CertifiedKey authority = pki.root("Berth bench CA", KeyAlgorithm.P_256);
    private final CertifiedKey server = pki.server(authority, List.of("localhost"), KeyAlgorithm.P_256);
    private final CertifiedKey device = pki.device(authority, "bench", KeyAlgorithm.P_256);
    private final List<Double> memory = new ArrayList<>();
    private final List<Double> alive = new ArrayList<>();

    /** {@code launcher} is the command that runs {@code berth}, without a verb. */
    public StartBenchmark(List<String> launcher, Path directory) {
        this.launcher = List.copyOf(launcher);
        this.directory = directory;
    }

    @Override
    public List<Figure> measure() throws Exception {
        Files.createDirectories(directory);
        PemFiles.writeCertificates(file("ca.pem"), List.of(authority.certificate()), PemFiles.Existing.REPLACE);
        PemFiles.writeCertificates(file("server.pem"), List.of(server.certificate()), PemFiles.Existing.REPLACE);
        PemFiles.writeKey(file("server.key"), server.key(), PemFiles.Existing.REPLACE);
        double seconds = Rounds.median(this::start);
        alive.removeFirst(); // it only warmed up
        var figures = new ArrayList<Figure>();
        double aliveGoal = ThisProgram.isNative() ? ALIVE_GOAL_SECONDS_NATIVE : ALIVE_GOAL_SECONDS_JVM;
        figures.add(Figure.atMost(aliveGoal, "alive-jvm", Rounds.median(alive), "s to the first 200 of its health"));
        figures.add(Figure.atMost(START_GOAL_SECONDS, "start-jvm", seconds, "s to the first answer over mTLS"));
        memory.stream()
                .max(Comparator.naturalOrder())
                .ifPresent(most ->
                        figures.add(Figure.atMost(MEMORY_GOAL_MEBIBYTES, "rss-jvm", most, "MiB when idle after it")));
        return figures;
    }

    private double start() throws Exception {
        int port = FreePort.choose();
        int management = FreePort.choose();
        Files.writeString(file("berth.properties"), settings(port, management));
        var context = BenchDevice.context(authority.certificate(), device, authority.certificate());
        long began = System.nanoTime();
        var process = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(file("serve.out").toFile())
                .start();
        var health = secondsToHealth(management, process, began);
        try {
            awaitAnswer(URI.create("https://localhost:" + port), context, process, began);
            double seconds = (System.nanoTime() - began) / 1e9;
            alive.add(health.get(START_MAX_NANOS, TimeUnit.NANOSECONDS));
            Thread.sleep(SETTLED);
            ResidentMemory.mebibytes(process.toHandle()).ifPresent(memory::add);
            return seconds;
        } finally {
            process.destroy();
            process.onExit().join();
        }
    }

    private List<String> command() {
        var command = new ArrayList<>(launcher);
        command.addAll(List.of("serve", "--config", file("berth.properties").toString()));
        return command;
    }

    private String settings(int port, int management) throws IOException {
        return """
                berth.store.directory=%1$s/data
                berth.device.host=127.0.0.1
                berth.device.port=%2$d
                berth.device.certificate-file=%1$s/server.pem
                berth.device.key-file=%1$s/server.key
                berth.admin.port=%3$d
                berth.admin.certificate-file=%1$s/server.pem
                berth.admin.key-file=%1$s/server.key
                berth.admin.operator-ca-file=%1$s/ca.pem
                berth.management.port=%4$d
                """.formatted(directory, port, FreePort.choose(), management);
    }

    /** Looked at on a thread of its own, without TLS. */
    private static FutureTask<Double> secondsToHealth(int port, Process process, long began) {
        var seconds = new FutureTask<>(() -> {
            var live = URI.create("http://127.0.0.1:" + port + "/q/health/live").toURL();
            while (process.isAlive()) {
                try {
                    if (((HttpURLConnection) live.openConnection()).getResponseCode() == 200) {
                        return (System.nanoTime() - began) / 1e9;
                    }
                } catch (IOException notYet) {
                    // It does not listen yet.
                }
                Thread.sleep(LOOK_INTERVAL);
            }
            throw new IOException("the service ended");
        });
        Thread.startVirtualThread(seconds);
        return seconds;
    }

    private void awaitAnswer(URI listener, SSLContext context, Process process, long began) throws Exception {
        while (!answers(listener, context)) {
            if (System.nanoTime() - began > START_MAX_NANOS || process.waitFor(5, TimeUnit.MILLISECONDS)) {
                throw new IOException("the service did not start; see " + file("serve.out"));
            }
        }
    }

    /** Any answer will do: nobody vouches for this device. */
    private static boolean answers(URI listener, SSLContext context) {
        try (var connection = BenchDevice.connect(listener, context)) {
            return connection.ask() > 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    private Path file(String name) {
        return directory.resolve(name);
    }
}
