package dev.berth.bench;

import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.PemFiles;
import dev.berth.pki.Pki;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/**
 * The device listener as devices meet it: {@code berth sandbox} runs as a process of its own, whose CPU time is what counts; the
 * devices are here. A first boot is a new mutual-TLS connection with a certificate never seen before, judged, assigned and written
 * durably. A lookup is a further question of a known device on its open connection.
 */
public final class DeviceBenchmark implements Benchmark {
    private static final int WARM_UP = 10_000;
    private static final int FIRST_BOOTS_PER_ROUND = 1_000;
    private static final int LOOKUPS_PER_ROUND = 40_000;
    private static final int AT_ONCE = 16;

    private static final double FIRST_BOOT_GOAL_MILLIS = 1.0;
    private static final double LOOKUP_GOAL_MICROS = 100;

    private final List<String> launcher;
    private final Path directory;

    /** {@code launcher} is the command that runs {@code berth}, without a verb. */
    public DeviceBenchmark(List<String> launcher, Path directory) {
        this.launcher = List.copyOf(launcher);
        this.directory = directory;
    }

    @Override
    public List<Figure> measure() throws Exception {
        try (var server = Server.start(launcher, directory)) {
            var fleet = new Fleet(server);
            fleet.bootAll(fleet.make(WARM_UP));
            return List.of(
                    Figure.atMost(FIRST_BOOT_GOAL_MILLIS, "first-boot-jvm", firstBoot(server, fleet), "ms of CPU"),
                    Figure.atMost(LOOKUP_GOAL_MICROS, "lookup", lookup(server, fleet), "µs of CPU"));
        }
    }

    private static double firstBoot(Server server, Fleet fleet) throws Exception {
        return Rounds.median(() -> {
            var devices = fleet.make(FIRST_BOOTS_PER_ROUND);
            return server.process().cpuOf(() -> fleet.bootAll(devices)).toNanos() / 1e6 / FIRST_BOOTS_PER_ROUND;
        });
    }

    private static double lookup(Server server, Fleet fleet) throws Exception {
        return Rounds.median(() ->
                server.process().cpuOf(() -> fleet.lookUp(LOOKUPS_PER_ROUND)).toNanos() / 1e3 / LOOKUPS_PER_ROUND);
    }

    /** The service that is measured, and what its devices need. */
    private record Server(MeasuredProcess process, URI devices, CertifiedKey deviceCa, X509Certificate serverCa)
            implements AutoCloseable {

        static Server start(List<String> launcher, Path directory) throws IOException, InterruptedException {
            var command = new ArrayList<>(launcher);
            command.addAll(List.of("sandbox", "--dir", directory.toString(), "--instances", "3", "--limit", "10000"));
            var process = MeasuredProcess.start(command, directory.resolve("sandbox.json"));
            var json = process.description();
            return new Server(
                    process,
                    URI.create(json.path("deviceUrl").asText()),
                    PemFiles.read(
                            Path.of(json.at("/deviceCa/certificateFile").asText()),
                            Path.of(json.at("/deviceCa/keyFile").asText())),
                    PemFiles.readCertificates(Path.of(json.path("serverCaFile").asText()))
                            .getFirst());
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /** The devices; each has a certificate of its own. */
    private static final class Fleet {
        private final Pki pki = new Pki();
        private final Server server;
        private int made;

        Fleet(Server server) {
            this.server = server;
        }

        List<SSLContext> make(int count) throws IOException, GeneralSecurityException {
            var names = IntStream.range(made, made + count)
                    .mapToObj(number -> "bench-%07d".formatted(number))
                    .toList();
            made += count;
            var contexts = new ArrayList<SSLContext>(count);
            for (var device : pki.devices(server.deviceCa(), names, KeyAlgorithm.P_256)) {
                contexts.add(BenchDevice.context(
                        server.serverCa(), device, server.deviceCa().certificate()));
            }
            return contexts;
        }

        /** Each connects and asks once; some at the same time. */
        void bootAll(List<SSLContext> devices) throws Exception {
            try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
                var boots = devices.stream()
                        .map(device -> threads.submit(() -> boot(device)))
                        .toList();
                for (var boot : boots) {
                    boot.get();
                }
            }
        }

        private boolean boot(SSLContext context) throws IOException {
            try (var device = BenchDevice.connect(server.devices(), context)) {
                return requireAnswer(device.ask());
            }
        }

        /** Devices that are known ask again and again on the connections they have. */
        void lookUp(int times) throws Exception {
            var devices = make(AT_ONCE);
            try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
                var lookups = devices.stream()
                        .map(device -> threads.submit(() -> lookUp(device, times / AT_ONCE)))
                        .toList();
                for (var lookup : lookups) {
                    lookup.get();
                }
            }
        }

        private boolean lookUp(SSLContext context, int times) throws IOException {
            try (var device = BenchDevice.connect(server.devices(), context)) {
                for (int i = 0; i < times; i++) {
                    requireAnswer(device.ask());
                }
                return true;
            }
        }

        private static boolean requireAnswer(int status) {
            if (status != 200) {
                throw new IllegalStateException("answered with " + status);
            }
            return true;
        }
    }
}
