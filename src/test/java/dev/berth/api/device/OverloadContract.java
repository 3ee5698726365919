package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.contract.Contract;
import dev.berth.api.problem.ProblemType;
import dev.berth.identity.ChainVerdict;
import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.provisioning.IdScopeAnswer;
import dev.berth.provisioning.RegistrationReport;
import dev.berth.provisioning.ReportAnswer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the device listener does when more is asked of it than it can give, or by some who give nothing back; a subclass names the engine. */
@Timeout(60)
abstract class OverloadContract {
    private static final TestPki PKI = new TestPki("test-ca");
    private static final TestPki.Credential DEVICE = PKI.device("device-0001", KeyAlgorithm.P_256);
    private static final Contract CONTRACT = Contract.load();
    private static final String ASK = "GET /v1/id-scope HTTP/1.1\r\n\r\n";
    private static final String ASK_FOR_MUCH = "GET /docs/problems.md HTTP/1.1\r\n\r\n";
    private static final int TLS_HANDSHAKE = 22;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final TlsEngine engine;
    private final Counts counts = new Counts();
    private final Gate gate = new Gate();
    private DeviceLimits limits = DeviceLimits.DEFAULT;
    private @Nullable DeviceListener running;

    OverloadContract(TlsEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void writeServerCredential() throws IOException {
        TestPki.write(directory, PKI.server("localhost", KeyAlgorithm.P_256));
    }

    @AfterEach
    void stop() {
        gate.open();
        if (running != null) {
            running.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void moreConnectionsThanThereMayBeAreRefusedWhileAllAreBusy() throws Exception {
        limits = limits.withConnectionsMax(2);
        gate.close();
        try (var first = connect()) {
            first.write(ASK);
            gate.awaitHeld(1);
            try (var second = connect()) {
                second.write(ASK);
                gate.awaitHeld(1);
                assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
                assertThat(counts.of(ConnectionRefusal.FULL)).isOne();
                gate.open();
                assertThat(first.read().status()).isEqualTo(429);
                assertThat(second.read().status()).isEqualTo(429);
            }
        }
        await(() -> listener().connectionsOpen() == 0);
        aDeviceIsServed();
    }

    @Test
    void theConnectionThatIsIdleForTheLongestMakesRoom() throws IOException {
        limits = limits.withConnectionsMax(3);
        try (var longest = connect();
                var used = connect()) {
            used.get("/v1/id-scope");
            try (var newest = connect()) {
                assertThat(longest.closed()).isTrue();
                assertThat(used.get("/v1/id-scope").status()).isEqualTo(429);
                assertThat(newest.get("/v1/id-scope").status()).isEqualTo(429);
            }
        }
        assertThat(counts.of(ConnectionRefusal.IDLE)).isOne();
    }

    @Test
    void theConnectionThatSaysNothingForTheLongestMakesRoom() throws IOException {
        limits = limits.withHandshakes(HandshakeLimits.DEFAULT.withHalfOpenMax(2));
        try (var longest = halfOpen(0)) {
            await(() -> listener().connectionsHalfOpen() == 1);
            try (var other = halfOpen(0)) {
                await(() -> listener().connectionsHalfOpen() == 2);
                aDeviceIsServed();
                assertThat(isClosed(longest)).isTrue();
                assertThat(counts.of(ConnectionRefusal.HALF_OPEN)).isOne();
                other.getOutputStream().write(hello());
                assertThat(other.getInputStream().read()).isEqualTo(TLS_HANDSHAKE);
            }
        }
    }

    @Test
    void halfAHelloHasNoTurn() throws IOException {
        var silent = new ArrayList<Socket>();
        try {
            for (int i = 0; i <= HandshakeTurns.AT_ONCE; i++) {
                silent.add(halfOpen(hello().length - 1));
            }
            await(() -> listener().connectionsHalfOpen() == silent.size());
            aDeviceIsServed();
            assertThat(listener().handshakesInProgress()).isZero();
            assertThat(listener().handshakesWaiting()).isZero();
        } finally {
            close(silent);
        }
    }

    @Test
    void aHelloMayComeByteByByte() throws IOException {
        try (var slow = halfOpen(0)) {
            slow.setTcpNoDelay(true);
            for (byte each : hello()) {
                slow.getOutputStream().write(each);
            }
            assertThat(slow.getInputStream().read()).isEqualTo(TLS_HANDSHAKE);
        }
    }

    @Test
    void whoDoesNotFinishItsHandshakeHasNoTurnForLong() throws IOException {
        var silent = new ArrayList<Socket>();
        try {
            for (int i = 0; i <= HandshakeTurns.AT_ONCE; i++) {
                silent.add(halfOpen(hello().length));
            }
            await(() -> listener().handshakesInProgress() == silent.size());
            aDeviceIsServed();
        } finally {
            close(silent);
        }
    }

    @Test
    void aConnectionWithoutAHelloIsClosedInTheEnd() throws IOException {
        limits = limits.withHandshakeMax(Duration.ofMillis(200));
        try (var silent = halfOpen(0);
                var half = halfOpen(20);
                var unfinished = halfOpen(hello().length)) {
            assertThat(isClosed(silent)).isTrue();
            assertThat(isClosed(half)).isTrue();
            assertThat(isClosed(unfinished)).isTrue();
        }
        await(() -> listener().connectionsOpen() == 0);
        assertThat(listener().connectionsHalfOpen()).isZero();
        assertThat(listener().handshakesInProgress()).isZero();
    }

    @Test
    void inACrowdEachIsServedOrRefusedAndNobodyHangs() throws Exception {
        limits =
                limits.withHandshakes(new HandshakeLimits(1_024, 5_000, 1, Duration.ofMillis(1), Duration.ofMillis(1)));
        var served = new AtomicInteger();
        var refused = new AtomicInteger();
        int port = listener().port();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Future<?>>();
            for (int i = 0; i < 300; i++) {
                calls.add(threads.submit(() -> {
                    try (var device = DeviceClient.connect(port, DEVICE, "TLSv1.3")) {
                        assertThat(device.get("/v1/id-scope").status()).isEqualTo(429);
                        served.incrementAndGet();
                    } catch (IOException refusal) {
                        assertThat(refusal).isNotInstanceOf(SocketTimeoutException.class);
                        refused.incrementAndGet();
                    }
                }));
            }
            for (var call : calls) {
                call.get();
            }
        }
        assertThat(served.get()).isPositive();
        assertThat(counts.of(ConnectionRefusal.HANDSHAKES)).isEqualTo(refused.get());
        await(() -> listener().connectionsOpen() == 0);
        assertThat(listener().handshakesWaiting()).isZero();
        aDeviceIsServed();
    }

    @Test
    void thousandsThatGiveNothingBackHarmNobody() throws IOException {
        limits = limits.withConnectionsMax(2_500).withHandshakes(HandshakeLimits.DEFAULT.withHalfOpenMax(1_000));
        var silent = new ArrayList<SocketChannel>();
        try (var idle = connect()) {
            var half = Arrays.copyOf(hello(), 100);
            for (int i = 0; i < 3_000; i++) {
                silent.add(silent(i % 2 == 0 ? new byte[0] : half));
            }
            await(() -> counts.of(ConnectionRefusal.HALF_OPEN) == 2_000);
            assertThat(listener().connectionsHalfOpen()).isEqualTo(1_000);
            await(() -> listener().connectionsOpen() == 1_001);
            aDeviceIsServed();
            assertThat(idle.get("/v1/id-scope").status()).isEqualTo(429);
            assertThat(counts.of(ConnectionRefusal.FULL)).isZero();
        } finally {
            for (var each : silent) {
                each.close();
            }
        }
    }

    @Test
    void hundredsOfIdleConnectionsMakeRoomForThoseThatCome() throws IOException {
        limits = limits.withConnectionsMax(200);
        var idle = new ArrayList<DeviceClient>();
        try {
            for (int i = 0; i < 400; i++) {
                idle.add(connect());
            }
            aDeviceIsServed();
            assertThat(listener().connectionsOpen()).isLessThanOrEqualTo(200);
            assertThat(counts.of(ConnectionRefusal.FULL)).isZero();
            assertThat(idle.getLast().get("/v1/id-scope").status()).isEqualTo(429);
        } finally {
            for (var each : idle) {
                each.abort();
            }
        }
    }

    @Test
    void moreRequestsThanCanBeServedComeBackLater() throws Exception {
        limits = limits.withRequestsInFlightMax(1);
        gate.close();
        try (var first = connect();
                var second = connect()) {
            first.write(ASK);
            gate.awaitHeld(1);
            isToldToComeBack(second.get("/v1/id-scope"));
            gate.open();
            assertThat(first.read().status()).isEqualTo(429);
            assertThat(second.get("/v1/id-scope").status()).isEqualTo(429);
        }
    }

    @Test
    void aRequestThatWaitedTooLongComesBackLater() throws IOException {
        limits = limits.withRequestWaitMax(Duration.ZERO);
        try (var device = connect()) {
            isToldToComeBack(device.get("/v1/id-scope"));
            assertThat(gate.passed.get()).isZero();
        }
    }

    @Test
    void whoAsksOnWithoutReadingIsClosed() throws IOException {
        try (var device = connect()) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 20_000; i++) { // of half a gigabyte of answers
                            device.write(ASK_FOR_MUCH);
                            awaitAnswers(i);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        await(() -> listener().connectionsOpen() == 0);
        assertThat(counts.of(ConnectionRefusal.UNREAD)).isOne();
        aDeviceIsServed();
    }

    @Test
    void aListenerThatStopsRefusesConnections() throws Exception {
        aDeviceIsServed();
        listener().drain(Duration.ofSeconds(20));
        assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
        assertThat(counts.of(ConnectionRefusal.STOPPING)).isOne();
    }

    // --- what the tests are written with

    private DeviceClient connect() throws IOException {
        return DeviceClient.connect(listener().port(), DEVICE, "TLSv1.3");
    }

    private void aDeviceIsServed() throws IOException {
        try (var device = connect()) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(429);
        }
    }

    private static void isToldToComeBack(DeviceClient.Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("overloaded");
        assertThat(answer.headers()).containsKey("retry-after");
    }

    /** A connection that has said so many bytes of a hello. */
    private Socket halfOpen(int bytes) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), listener().port());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(hello(), 0, bytes);
        return socket;
    }

    private SocketChannel silent(byte[] said) throws IOException {
        var channel = SocketChannel.open(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), listener().port()));
        channel.write(ByteBuffer.wrap(said));
        return channel;
    }

    /** What a device says first. */
    private static byte[] hello() throws IOException {
        var client = DeviceClient.context(null).createSSLEngine("localhost", 1);
        client.setUseClientMode(true);
        var hello = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
        client.wrap(ByteBuffer.allocate(0), hello);
        return Arrays.copyOf(hello.array(), hello.position());
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {} // alerts, or the server's half of a handshake
            return true;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    /** So that it is not the number of requests ahead of their answers that ends the connection; gives up when it has ended. */
    private void awaitAnswers(int earlier) {
        await(() -> counts.answered.get() >= earlier - 4 || listener().connectionsOpen() == 0);
    }

    private DeviceListener listener() {
        if (running == null) {
            var settings = new DeviceListener.Settings(
                    "127.0.0.1",
                    0,
                    directory.resolve("server.crt"),
                    directory.resolve("server.key"),
                    Optional.of(engine),
                    limits);
            try {
                running = new DeviceListener(vertx, settings, CONTRACT, OverloadContract::trust, gate, counts).start();
            } catch (IOException | GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
        return running;
    }

    private static ChainVerdict trust(List<X509Certificate> chain) {
        return new ChainVerdict.Trusted(
                new DeviceIdentity(new TenantId("contoso"), "factory", new RegistrationId("device-0001"), "00"));
    }

    /** Answers that the device is queued, once it is open. */
    private static final class Gate implements Provisioner {
        final AtomicInteger passed = new AtomicInteger();
        private final Semaphore held = new Semaphore(0);
        private volatile CountDownLatch gate = new CountDownLatch(0);

        void close() {
            gate = new CountDownLatch(1);
        }

        void open() {
            gate.countDown();
        }

        void awaitHeld(int requests) throws InterruptedException {
            held.acquire(requests);
        }

        @Override
        public IdScopeAnswer idScope(DeviceIdentity device, boolean again) {
            held.release();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            passed.incrementAndGet();
            return new IdScopeAnswer.Queued(1, 1, Duration.ofSeconds(1));
        }

        @Override
        public ReportAnswer report(DeviceIdentity device, RegistrationReport report) {
            return new ReportAnswer.NotTold();
        }
    }

    /** Counts what the listener tells of itself. */
    private static final class Counts implements DeviceObserver {
        final AtomicInteger answered = new AtomicInteger();
        private final Map<ConnectionRefusal, AtomicInteger> refused = new EnumMap<>(ConnectionRefusal.class);

        Counts() {
            for (var why : ConnectionRefusal.values()) {
                refused.put(why, new AtomicInteger());
            }
        }

        int of(ConnectionRefusal why) {
            return Objects.requireNonNull(refused.get(why)).get();
        }

        @Override
        public void connectionRefused(ConnectionRefusal why) {
            Objects.requireNonNull(refused.get(why)).incrementAndGet();
        }

        @Override
        public void answered(String route, int status, Optional<ProblemType> problem, Duration duration) {
            answered.incrementAndGet();
        }
    }
}
