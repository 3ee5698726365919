package dev.berth.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.PemFiles;
import dev.berth.pki.Pki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The device API of an emulator with some number of instances: {@code berth emulator} as a process of its own, held to one core where the
 * system can, devices here. A registration is a register request and one poll. With certificates each is a new mutual-TLS connection, so
 * nearly all of it is the handshake; with keys, devices share connections that are open, so it is the emulator itself.
 */
public final class EmulatorBenchmark implements Benchmark {
    private static final int BOOTS_PER_ROUND = 600;
    private static final int KEYED_PER_ROUND = 8_000;
    private static final int KEYED_WARM_UP = 6_000;

    /** Before that many connections, the JVM's compiler takes more than the handshakes do. */
    private static final int BOOTS_WARM_UP = 20_400;

    /** 60 instances take 1,000 registrations a second; three quarters of a core leave room. */
    private static final double BOOT_GOAL_MILLIS = 0.75;

    private static final double KEYED_GOAL_PER_SECOND = 2_000;

    private final List<String> launcher;
    private final Path directory;
    private final int instances;
    private final Pki pki = new Pki();
    private final CertifiedKey deviceCa = pki.root("Berth bench CA", KeyAlgorithm.P_256);
    private final byte[] groupKey = "a key that is of no use elsewhere".getBytes(UTF_8);

    /** {@code launcher} is the command that runs {@code berth}, without a verb. */
    public EmulatorBenchmark(List<String> launcher, Path directory, int instances) {
        this.launcher = List.copyOf(launcher);
        this.directory = directory;
        this.instances = instances;
    }

    @Override
    public List<Figure> measure() throws Exception {
        Files.createDirectories(directory);
        var config = directory.resolve("config.json");
        new ObjectMapper().writeValue(config.toFile(), config());
        try (var process = MeasuredProcess.start(command(config), directory.resolve("emulator.json"))) {
            var fleet = new DpsFleet(process.description(), deviceCa, groupKey, pki);
            fleet.registerWithKeys(KEYED_WARM_UP);
            for (int boots = 0; boots < BOOTS_WARM_UP; boots += BOOTS_PER_ROUND) {
                fleet.bootAll(fleet.make(BOOTS_PER_ROUND));
            }
            double boot = Rounds.median(() -> {
                var devices = fleet.make(BOOTS_PER_ROUND);
                return process.cpu().of(() -> fleet.bootAll(devices)).all().toNanos() / 1e6 / BOOTS_PER_ROUND;
            });
            double perSecond = Rounds.median(() -> {
                long began = System.nanoTime();
                fleet.registerWithKeys(KEYED_PER_ROUND);
                return KEYED_PER_ROUND * 1e9 / (System.nanoTime() - began);
            });
            double keyed = Rounds.median(() -> process.cpu()
                            .of(() -> fleet.registerWithKeys(KEYED_PER_ROUND))
                            .all()
                            .toNanos()
                    / 1e6
                    / KEYED_PER_ROUND);
            return List.of(
                    Figure.atMost(BOOT_GOAL_MILLIS, "emulator-x509-" + instances, boot, "ms of CPU"),
                    Figure.atMost(BOOT_GOAL_MILLIS, "emulator-key-" + instances, keyed, "ms of CPU"),
                    Figure.atLeast(KEYED_GOAL_PER_SECOND, "emulator-rate-" + instances, perSecond, "registrations/s"));
        }
    }

    private List<String> command(Path config) {
        var command = new ArrayList<>(OneCore.holds(launcher));
        command.addAll(List.of("emulator", "--dir", directory.toString(), "--config", config.toString()));
        return command;
    }

    /** Limits that do not bind, and an assignment that is done when the device asks. */
    private ObjectNode config() throws IOException, GeneralSecurityException {
        var config = new ObjectMapper().createObjectNode();
        var array = config.putArray("instances");
        for (int number : IntStream.rangeClosed(1, instances).toArray()) {
            var instance = array.addObject().put("name", "bench-" + number).put("assignDelayMillis", 1);
            instance.putObject("quotas").put("registrationsPerMinute", 1_000_000);
            var groups = instance.putArray("enrollmentGroups");
            var certified = groups.addObject().put("enrollmentGroupId", "certified");
            certified
                    .putObject("attestation")
                    .put("type", "x509")
                    .putObject("x509")
                    .putObject("signingCertificates")
                    .putObject("primary")
                    .put("certificate", PemFiles.pem(deviceCa.certificate()));
            var keyed = groups.addObject().put("enrollmentGroupId", "keyed");
            keyed.putObject("attestation")
                    .put("type", "symmetricKey")
                    .putObject("symmetricKey")
                    .put("primaryKey", Base64.getEncoder().encodeToString(groupKey));
        }
        return config;
    }
}
