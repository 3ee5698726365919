package dev.berth.bench;

import dev.berth.pki.PemFiles;
import dev.berth.sandbox.ThisProgram;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The device listener as devices meet it: {@code berth sandbox} runs as a process of its own, held to one core, whose CPU time is what counts; the
 * devices are here. A first boot is a new mutual-TLS connection with a certificate never seen before, judged, assigned and written
 * durably. A lookup is a further question of a known device on its open connection. Its peer is nginx, of which such devices ask the same.
 */
public final class DeviceBenchmark implements Benchmark {
    private static final int FIRST_BOOTS_PER_ROUND = 1_000;
    private static final int LOOKUPS_PER_ROUND = 40_000;

    /** A JVM is warm when its compilers take less than this share of a round, or after so many rounds. */
    private static final double COMPILING_MAX = 0.03;

    private static final int WARM_UP_ROUNDS_MIN = 3;
    private static final int WARM_UP_ROUNDS_MAX = 60;

    /** The fastest engine has to do so many first boots in the time that nginx spends on one connection; the JDK's, which takes every certificate, fewer. */
    private static final double NGINX_RATIO_JVM = 1.5;

    private static final double NGINX_RATIO_NATIVE = 1.1;
    private static final double NGINX_RATIO_JSSE = 0.3;

    /** Where nginx is not installed. */
    private static final double FIRST_BOOT_GOAL_MILLIS = 1.0;

    private static final double LOOKUP_GOAL_MICROS = 50;

    private final List<String> launcher;
    private final Path directory;
    private final Engine engine;

    /** Which TLS engine is measured: the one that Berth chooses, or JSSE, as the JDK's is called. */
    public enum Engine {
        CHOSEN("auto", ""),
        JSSE("jdk", "-jsse");

        private final String setting;
        private final String suffix;

        Engine(String setting, String suffix) {
            this.setting = setting;
            this.suffix = suffix;
        }

        private double nginxRatio() {
            return this == JSSE ? NGINX_RATIO_JSSE : ThisProgram.isNative() ? NGINX_RATIO_NATIVE : NGINX_RATIO_JVM;
        }
    }

    /** {@code launcher} is the command that runs {@code berth}, without a verb. */
    public DeviceBenchmark(List<String> launcher, Path directory, Engine engine) {
        this.launcher = List.copyOf(launcher);
        this.directory = directory;
        this.engine = engine;
    }

    /** One listener's figures; a connection in milliseconds of CPU, a request on an open one in microseconds. */
    private record Costs(double connection, double request) {}

    @Override
    public List<Figure> measure() throws Exception {
        var program = Nginx.program();
        var nginx = program.isPresent() ? Optional.of(nginx(program.get())) : Optional.<Costs>empty();
        var berth = berth();
        double goal = nginx.map(peer -> peer.connection() / engine.nginxRatio()).orElse(FIRST_BOOT_GOAL_MILLIS);
        var boot = Figure.atMost(goal, "first-boot" + engine.suffix, berth.connection(), "ms of CPU");
        var lookup = Figure.atMost(LOOKUP_GOAL_MICROS, "lookup" + engine.suffix, berth.request(), "µs of CPU");
        return List.of(
                nginx.map(peer -> boot.against("nginx", peer.connection())).orElse(boot),
                nginx.map(peer -> lookup.against("nginx", peer.request())).orElse(lookup));
    }

    private Costs nginx(Path program) throws Exception {
        try (var nginx = Nginx.start(program, directory.resolve("nginx"))) {
            return costs(nginx.cpu(), nginx.devices());
        }
    }

    private Costs berth() throws Exception {
        var environment = Map.of("BERTH_TLS_ENGINE", engine.setting);
        try (var process = MeasuredProcess.start(sandbox(), environment, directory.resolve("sandbox.json"))) {
            return costs(process.cpu(), devices(process));
        }
    }

    private List<String> sandbox() {
        var command = new ArrayList<>(OneCore.holds(launcher));
        command.addAll(List.of("sandbox", "--dir", directory.toString(), "--instances", "3", "--limit", "100000"));
        return command;
    }

    /** Devices that call this sandbox. */
    static BenchFleet devices(MeasuredProcess process) throws IOException {
        var json = process.description();
        return new BenchFleet(
                URI.create(json.path("deviceUrl").asText()),
                PemFiles.read(
                        Path.of(json.at("/deviceCa/certificateFile").asText()),
                        Path.of(json.at("/deviceCa/keyFile").asText())),
                PemFiles.readCertificates(Path.of(json.path("serverCaFile").asText()))
                        .getFirst());
    }

    private static Costs costs(MeasuredCpu cpu, BenchFleet devices) throws Exception {
        warmUp(() -> boots(cpu, devices));
        double connection = Rounds.median(() -> boots(cpu, devices).all().toNanos() / 1e6 / FIRST_BOOTS_PER_ROUND);
        warmUp(() -> lookups(cpu, devices));
        double request = Rounds.median(() -> lookups(cpu, devices).all().toNanos() / 1e3 / LOOKUPS_PER_ROUND);
        return new Costs(connection, request);
    }

    /** Something that is done again and again until the compilers rest. */
    @FunctionalInterface
    private interface Round {
        MeasuredCpu.Spent run() throws Exception;
    }

    private static void warmUp(Round round) throws Exception {
        for (int rounds = 0; rounds < WARM_UP_ROUNDS_MAX; rounds++) {
            double compiling = round.run().compilingShare();
            if (rounds >= WARM_UP_ROUNDS_MIN && compiling < COMPILING_MAX) {
                return;
            }
        }
    }

    private static MeasuredCpu.Spent boots(MeasuredCpu cpu, BenchFleet devices) throws Exception {
        var those = devices.make(FIRST_BOOTS_PER_ROUND);
        return cpu.of(() -> devices.bootAll(those));
    }

    private static MeasuredCpu.Spent lookups(MeasuredCpu cpu, BenchFleet devices) throws Exception {
        return cpu.of(() -> devices.lookUp(LOOKUPS_PER_ROUND));
    }
}
