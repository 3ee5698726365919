package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the device listener does when more is asked of it than it can give, or by some who give nothing back; a subclass names the engine. */
abstract class OverloadContract extends DeviceListenerFixture {
    private static final String ASK = "GET /v1/id-scope HTTP/1.1\r\n\r\n";
    private static final String ASK_FOR_MUCH = "GET /docs/problems.md HTTP/1.1\r\n\r\n";
    private static final int TLS_HANDSHAKE = 22;
    private static final int MORE_THAN_TURNS =
            HandshakeTurns.TURNS * Runtime.getRuntime().availableProcessors() + 1;

    OverloadContract(TlsEngine engine) {
        super(engine);
    }

    @Test
    void moreConnectionsThanThereMayBeAreRefusedWhileAllAreBusy() throws Exception {
        limits = limits.withConnectionsMax(2);
        script.hold();
        try (var first = connect()) {
            first.write(ASK);
            script.awaitHeld();
            try (var second = connect()) {
                second.write(ASK);
                script.awaitHeld();
                assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
                assertThat(counts.refused(ConnectionRefusal.FULL)).isOne();
                script.release();
                assertThat(first.read().status()).isEqualTo(200);
                assertThat(second.read().status()).isEqualTo(200);
            }
        }
        awaitNoConnection();
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
                assertThat(used.get("/v1/id-scope").status()).isEqualTo(200);
                assertThat(newest.get("/v1/id-scope").status()).isEqualTo(200);
            }
        }
        assertThat(counts.refused(ConnectionRefusal.IDLE)).isOne();
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
                assertThat(counts.refused(ConnectionRefusal.HALF_OPEN)).isOne();
                other.getOutputStream().write(hello());
                assertThat(other.getInputStream().read()).isEqualTo(TLS_HANDSHAKE);
            }
        }
    }

    @Test
    void halfAHelloHasNoTurn() throws IOException {
        var silent = new ArrayList<Socket>();
        try {
            for (int i = 0; i < MORE_THAN_TURNS; i++) {
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
            for (int i = 0; i < MORE_THAN_TURNS; i++) {
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
        handshakesMayTake(Duration.ofMillis(200));
        try (var silent = halfOpen(0);
                var half = halfOpen(20);
                var unfinished = halfOpen(hello().length)) {
            assertThat(isClosed(silent)).isTrue();
            assertThat(isClosed(half)).isTrue();
            assertThat(isClosed(unfinished)).isTrue();
        }
        awaitNoConnection();
        assertThat(listener().connectionsHalfOpen()).isZero();
        assertThat(listener().handshakesInProgress()).isZero();
    }

    @Test
    void inACrowdEachIsServedOrRefusedAndNobodyHangs() throws Exception {
        limits = limits.withHandshakes(new HandshakeLimits(
                1_024, Duration.ofSeconds(10), 5_000, 1, Duration.ofMillis(1), Duration.ofMillis(1)));
        var served = new AtomicInteger();
        var refused = new AtomicInteger();
        int port = listener().port();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Future<?>>();
            for (int i = 0; i < 300; i++) {
                calls.add(threads.submit(() -> {
                    try (var device = DeviceClient.connect(port, DEVICE, "TLSv1.3")) {
                        assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
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
        assertThat(counts.refused(ConnectionRefusal.HANDSHAKES)).isEqualTo(refused.get());
        awaitNoConnection();
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
            await(() -> counts.refused(ConnectionRefusal.HALF_OPEN) == 2_000);
            assertThat(listener().connectionsHalfOpen()).isEqualTo(1_000);
            await(() -> listener().connectionsOpen() == 1_001);
            aDeviceIsServed();
            assertThat(idle.get("/v1/id-scope").status()).isEqualTo(200);
            assertThat(counts.refused(ConnectionRefusal.FULL)).isZero();
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
            assertThat(counts.refused(ConnectionRefusal.FULL)).isZero();
            assertThat(idle.getLast().get("/v1/id-scope").status()).isEqualTo(200);
        } finally {
            for (var each : idle) {
                each.abort();
            }
        }
    }

    @Test
    void moreRequestsThanCanBeServedComeBackLater() throws Exception {
        limits = limits.withRequests(RequestLimits.DEFAULT.withInFlightMax(1));
        script.hold();
        try (var first = connect();
                var second = connect()) {
            first.write(ASK);
            script.awaitHeld();
            isToldToComeBack(second.get("/v1/id-scope"));
            script.release();
            assertThat(first.read().status()).isEqualTo(200);
            assertThat(second.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }

    @Test
    void aRequestThatWaitedTooLongComesBackLater() throws IOException {
        limits = limits.withRequests(RequestLimits.DEFAULT.withWaitMax(Duration.ZERO));
        try (var device = connect()) {
            isToldToComeBack(device.get("/v1/id-scope"));
            assertThat(script.registerAgain).isEmpty();
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
        awaitNoConnection();
        assertThat(counts.refused(ConnectionRefusal.UNREAD)).isOne();
        aDeviceIsServed();
    }

    @Test
    void aListenerThatStopsRefusesConnections() throws Exception {
        aDeviceIsServed();
        listener().drain(Duration.ofSeconds(20));
        assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
        assertThat(counts.refused(ConnectionRefusal.STOPPING)).isOne();
    }

    // --- what the tests are written with

    private void aDeviceIsServed() throws IOException {
        try (var device = connect()) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
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

    /** So that it is not the number of requests ahead of their answers that ends the connection; gives up when it has ended. */
    private void awaitAnswers(int earlier) {
        await(() -> counts.answered() >= earlier - 4 || listener().connectionsOpen() == 0);
    }
}
