package dev.berth.bench;

import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.PemFiles;
import dev.berth.pki.Pki;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The device listener when ten times as many known devices connect as it can serve, and when thousands connect and say nothing. The service has one core to
 * itself where {@code taskset} is there, so that those who are refused do not take from it what they cost on their own side.
 */
public final class ListenerOverloadBenchmark implements Benchmark {
    /** Certificates are shared by that many devices; it makes no difference to the listener, which keeps nothing between connections. */
    private static final int CERTIFICATES = 256;

    /** Five minutes: hundreds a second are few for a compiler, and what Berth does every five minutes has it begin again, once. */
    private static final int WARM_UP_ROUNDS = 3;

    private static final int AT_ONCE = 16;
    private static final int FEW = 4;
    private static final Duration FEW_PAUSE = Duration.ofMillis(100);
    private static final int SILENT = 10_000;

    /** As many as are still there; with all of them this process would have too many files open. */
    private static final int SILENT_KEPT = 5_000;

    private static final int CERTIFICATE_TRIES_MAX = 60;
    private static final int SILENT_REFUSALS_MAX = 100;
    private static final Duration SILENT_PAUSE = Duration.ofMillis(50);
    private static final Duration LEAD = Duration.ofSeconds(10);
    private static final Duration LENGTH = Duration.ofSeconds(15);

    /** The machine itself is faster or slower from one quarter of a minute to the next. */
    private static final Duration COMPARED_LENGTH = Duration.ofSeconds(30);

    /** The devices' own, so large that nothing is collected while they ask: nobody would come meanwhile. */
    private static final String YOUNG_GENERATION = "-Xmn";

    private static final double PAUSE_SECONDS = 1.5;
    private static final double OFFERED_GOAL = 10;
    private static final double OFFERED_ABOVE_GOAL = 1.1;
    private static final double GOODPUT_GOAL = 0.95;
    private static final double LATENCY_GOAL = 2;
    private static final double GROWTH_GOAL_MEBIBYTES = 64;
    private static final double SILENT_GOAL_MEBIBYTES = 512;

    private final List<String> launcher;
    private final Path directory;

    /** {@code launcher} is the command that runs {@code berth}, without a verb. */
    public ListenerOverloadBenchmark(List<String> launcher, Path directory) {
        this.launcher = List.copyOf(launcher);
        this.directory = directory;
    }

    @Override
    public Optional<String> obstacle() {
        return Files.isDirectory(Path.of("/proc/self"))
                ? Optional.empty()
                : Optional.of("memory is read from /proc, which is Linux's");
    }

    @Override
    public List<Figure> measure() throws Exception {
        var command = new ArrayList<>(OneCore.holds(launcher));
        command.addAll(List.of("sandbox", "--dir", directory.toString(), "--instances", "3", "--limit", "10000"));
        command.removeIf(option -> option.startsWith(YOUNG_GENERATION));
        var memory = Map.of("JDK_JAVA_OPTIONS", "-Xmx512m");
        try (var server = MeasuredProcess.start(command, memory, directory.resolve("sandbox.json"))) {
            return new Sitting(server, showCostlyKey()).figures();
        }
    }

    /**
     * Gives the listener a certificate with an RSA key while it runs. With it a handshake costs the service several times what it costs a device; otherwise the
     * core on which the devices run could not play ten times what the service's takes.
     */
    private X509Certificate showCostlyKey() throws IOException {
        var pki = new Pki();
        var authority = pki.root("Berth bench CA", KeyAlgorithm.P_256);
        var costly = pki.server(authority, List.of("localhost"), KeyAlgorithm.RSA_4096);
        PemFiles.writeCertificates(
                directory.resolve("server.pem"), List.of(costly.certificate()), PemFiles.Existing.REPLACE);
        PemFiles.writeKey(directory.resolve("server.key"), costly.key(), PemFiles.Existing.REPLACE);
        return authority.certificate();
    }

    private static double mebibytes(MeasuredProcess process) throws IOException {
        return ResidentMemory.mebibytes(process.handle()).orElseThrow();
    }

    /** What came of each crowd, and what it is compared with. */
    private record Round(Storm few, Storm peak, double mebibytesBefore, Storm crowd, double mebibytesAfter) {
        double peakPerSecond() {
            return peak.servedPerSecond();
        }

        double offered() {
            return crowd.offeredPerSecond() / peakPerSecond();
        }

        double goodput() {
            return crowd.servedPerSecond() / peakPerSecond();
        }
    }

    /** All that is measured of one service process. */
    private static final class Sitting {
        private final MeasuredProcess server;
        private final X509Certificate serverCa;
        private final List<Hellos> hellos;

        Sitting(MeasuredProcess server, X509Certificate serverCa) throws IOException, GeneralSecurityException {
            this.server = server;
            this.serverCa = serverCa;
            this.hellos = hellos();
        }

        List<Figure> figures() throws Exception {
            awaitCertificate();
            introduce();
            rounds(WARM_UP_ROUNDS);
            var rounds = rounds(Rounds.COUNT);
            var few = rounds.stream().map(Round::few).reduce(few(), Storm::and);
            var crowd = rounds.stream().map(Round::crowd).reduce(Storm::and).orElseThrow();
            double growth =
                    rounds.getLast().mebibytesAfter() - rounds.getFirst().mebibytesBefore();
            var figures = new ArrayList<>(List.of(
                    Figure.atLeast(1, "listener-peak", median(rounds, Round::peakPerSecond), "lookups/s"),
                    Figure.atLeast(OFFERED_GOAL, "listener-offered", median(rounds, Round::offered), "x the peak"),
                    Figure.atLeast(GOODPUT_GOAL, "listener-goodput", median(rounds, Round::goodput), "of the peak"),
                    Figure.atMost(LATENCY_GOAL, "listener-p99", crowd.millis(0.99) / few.millis(0.99), "x that of few"),
                    Figure.atMost(0, "listener-untold", crowd.untold(), "refused, not told"),
                    Figure.atMost(GROWTH_GOAL_MEBIBYTES, "listener-rss", growth, "MiB more")));
            figures.addAll(amongSilent(few));
            return figures;
        }

        private List<Round> rounds(int count) throws Exception {
            var rounds = new ArrayList<Round>(count);
            for (int i = 0; i < count; i++) {
                rounds.add(round());
            }
            return rounds;
        }

        /** Peak and crowd one right after the other, since the machine itself is not as fast at all times; few before it, so that the last crowd's overload is over. */
        private Round round() throws Exception {
            var few = few();
            var peak = storm("peak", devices(AT_ONCE), COMPARED_LENGTH, Storm.Pause.NONE);
            double before = mebibytes(server);
            int waiting = (int) (peak.servedPerSecond() * OFFERED_GOAL * OFFERED_ABOVE_GOAL * PAUSE_SECONDS);
            var crowd = storm("crowd", devices(waiting), COMPARED_LENGTH, Storm.Pause.PATIENT);
            return new Round(few, peak, before, crowd, mebibytes(server));
        }

        private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
            return Rounds.median(rounds.stream().mapToDouble(figure).boxed().toList());
        }

        private List<Figure> amongSilent(Storm few) throws Exception {
            double before = mebibytes(server);
            var idle = new ArrayList<SocketChannel>();
            var halfOpen = new ArrayDeque<SocketChannel>();
            try {
                connectIdle(idle);
                var device = devices(1).getFirst();
                for (int i = 0; i < SILENT; i++) {
                    int said = i % 2 == 0 ? 0 : 100;
                    halfOpen.add(untilLetIn(() -> device.halfOpen(said)));
                    if (halfOpen.size() > SILENT_KEPT) {
                        halfOpen.remove().close();
                    }
                }
                double after = mebibytes(server);
                var beside = storm("beside the silent", devices(FEW), LENGTH, Storm.Pause.about(FEW_PAUSE));
                return List.of(
                        Figure.atMost(SILENT_GOAL_MEBIBYTES, "silent-rss", after - before, "MiB more"),
                        Figure.atMost(
                                LATENCY_GOAL, "silent-p99", beside.millis(0.99) / few.millis(0.99), "x that of few"),
                        Figure.atMost(
                                0,
                                "silent-harm",
                                beside.count(StormDevice.Outcome.Kind.CLOSED) + beside.untold(),
                                "good devices refused"));
            } finally {
                idle.addAll(halfOpen);
                for (var socket : idle) {
                    socket.close();
                }
            }
        }

        private void connectIdle(List<SocketChannel> idle) throws Exception {
            try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
                var sockets = new ArrayList<Future<SocketChannel>>();
                for (var device : devices(SILENT)) {
                    sockets.add(threads.submit(() -> untilLetIn(device::idle)));
                }
                for (var socket : sockets) {
                    idle.add(socket.get());
                }
            }
        }

        private interface Connection {
            SocketChannel open() throws IOException;
        }

        /** Opening so many at once is a rush, in which some are refused and come again. */
        private static SocketChannel untilLetIn(Connection connection) throws IOException, InterruptedException {
            for (int refusals = 0; ; refusals++) {
                try {
                    return connection.open();
                } catch (IOException refused) {
                    if (refusals == SILENT_REFUSALS_MAX) {
                        throw refused;
                    }
                    Thread.sleep(SILENT_PAUSE);
                }
            }
        }

        /** Each device boots, and says that it has been assigned: from then on it only looks up its hub. */
        private void introduce() throws IOException {
            for (var device : devices(CERTIFICATES)) {
                require(device.ask());
                require(device.report());
            }
        }

        private static void require(StormDevice.Outcome outcome) {
            if (outcome.kind() != StormDevice.Outcome.Kind.SERVED) {
                throw new IllegalStateException(outcome.toString());
            }
        }

        private List<StormDevice> devices(int count) {
            var url = URI.create(server.description().path("deviceUrl").asText());
            var listener = new InetSocketAddress(url.getHost(), url.getPort());
            return IntStream.range(0, count)
                    .mapToObj(i -> new StormDevice(listener, hellos.get(i % CERTIFICATES)))
                    .toList();
        }

        private List<Hellos> hellos() throws IOException, GeneralSecurityException {
            var json = server.description();
            var authority = PemFiles.read(
                    Path.of(json.at("/deviceCa/certificateFile").asText()),
                    Path.of(json.at("/deviceCa/keyFile").asText()));
            var names = IntStream.range(0, CERTIFICATES)
                    .mapToObj("storm-%03d"::formatted)
                    .toList();
            var hellos = new ArrayList<Hellos>();
            for (CertifiedKey device : new Pki().devices(authority, names, KeyAlgorithm.P_256)) {
                hellos.add(new Hellos(BenchDevice.context(serverCa, device, authority.certificate())));
            }
            return hellos;
        }

        private Storm few() throws Exception {
            return storm("few", devices(FEW), LENGTH, Storm.Pause.about(FEW_PAUSE));
        }

        /** Says what came of it, and how much of its core the service used meanwhile: if that was not all, the devices were what held it up. */
        private Storm storm(String name, List<StormDevice> devices, Duration length, Storm.Pause pause)
                throws Exception {
            System.gc();
            var storms = new ArrayList<Storm>(1);
            var spent = server.cpu().of(() -> storms.add(Storm.of(devices, LEAD, length, pause)));
            var storm = storms.getFirst();
            System.err.printf(
                    "%s: %s, service busy %.0f %%%n",
                    name,
                    storm,
                    100.0 * spent.all().toNanos() / LEAD.plus(length).toNanos());
            return storm;
        }

        /** The listener looks at its files every ten seconds. */
        private void awaitCertificate() throws IOException, InterruptedException {
            for (int tries = 0; tries < CERTIFICATE_TRIES_MAX; tries++) {
                if (devices(1).getFirst().ask().kind() == StormDevice.Outcome.Kind.SERVED) {
                    return;
                }
                Thread.sleep(Duration.ofSeconds(1));
            }
            throw new IllegalStateException("the listener does not show the new certificate");
        }
    }
}
