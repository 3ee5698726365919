package dev.berth.api.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What bytes that are no proper handshake can do: end their own connection, within the time a handshake may take, and nothing else. No
 * line above {@code INFO} is logged of them, and a device that calls beside them is served. A subclass names the engine.
 */
abstract class HostileHandshakeContract extends DeviceListenerFixture {
    private static final ClientHello HELLO = ClientHello.of("TLSv1.3");
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration NEVER = Duration.ofMinutes(10);
    private static final int MUTATIONS = 400;

    HostileHandshakeContract(TlsEngine engine) {
        super(engine);
    }

    @AfterEach
    void aGoodDeviceIsServedAsBefore() throws IOException {
        awaitNoConnection();
        assertThat(counts.handshakesDone()).isLessThanOrEqualTo(1);
        try (var device = connect()) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }

    /** What is said instead of a hello, and shows at once that it is none. */
    @SuppressWarnings("ImmutableEnumChecker") // nobody writes into the bytes
    enum NoHello {
        PLAIN_HTTP("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII)),
        SSH("SSH-2.0-OpenSSH_9.6\r\n".getBytes(US_ASCII)),
        SSL_2(bytes(0x80, 0x2e, 1, 0, 2, 0, 0x15, 0, 0, 0, 0x10, 1, 0, 0x80), new byte[64]),
        ALL_ZERO(new byte[64]),
        UNKNOWN_CONTENT_TYPE(bytes(99, 3, 3, 0, 1, 0)),
        APPLICATION_DATA_FIRST(bytes(23, 3, 3, 0, 4, 1, 2, 3, 4)),
        ALERT_FIRST(bytes(21, 3, 3, 0, 2, 2, 40)),
        SERVER_HELLO(HELLO.with(ClientHello.MESSAGE_TYPE_AT, 2).bytes()),
        CERTIFICATE_FIRST(HELLO.with(ClientHello.MESSAGE_TYPE_AT, 11).bytes()),
        FINISHED_FIRST(HELLO.with(ClientHello.MESSAGE_TYPE_AT, 20).bytes()),
        RECORD_TOO_LONG(HELLO.with(ClientHello.RECORD_LENGTH_AT, 0xff, 0xff).bytes(), new byte[70_000]),
        MESSAGE_OF_16_MEGABYTES(
                HELLO.with(ClientHello.MESSAGE_LENGTH_AT, 0xff, 0xff, 0xff).bytes(), new byte[70_000]),
        UNKNOWN_MESSAGE(HELLO.with(ClientHello.MESSAGE_TYPE_AT, 99).bytes()),
        MESSAGE_SHORTER_THAN_ITS_FIELDS(bytes(22, 3, 1, 0, 6, 1, 0, 0, 2, 3, 3)),
        TWO_HELLOS(HELLO.bytes(), HELLO.bytes());

        final byte[] bytes;

        NoHello(byte[]... parts) {
            bytes = joined(parts);
        }
    }

    @ParameterizedTest
    @EnumSource(NoHello.class)
    void whatIsNoHelloEndsItsConnectionAtOnce(NoHello what) throws IOException {
        handshakesMayTake(NEVER);
        try (var stranger = new Stranger(listener().port())) {
            stranger.send(what.bytes).readToTheEnd();
        }
    }

    @Test
    void emptyRecordsWithoutEndAreCutOff() throws IOException {
        handshakesMayTake(SOON);
        try (var stranger = new Stranger(listener().port())) {
            stranger.send(joined(Stream.generate(() -> bytes(22, 3, 3, 0, 0))
                            .limit(5_000)
                            .toArray(byte[][]::new)))
                    .readToTheEnd();
        }
    }

    @Test
    void noiseAfterTheHelloEndsItsConnectionAtOnce() throws IOException {
        handshakesMayTake(NEVER);
        try (var stranger = new Stranger(listener().port())) {
            stranger.send(HELLO.bytes()).readRecord();
            stranger.send(joined(bytes(23, 3, 3, 1, 0), new byte[256])).readToTheEnd();
        }
    }

    @Test
    void aHelloThatIsCutOffAnywhereHasTheTimeOfAHandshakeToGoOn() throws Exception {
        handshakesMayTake(SOON);
        besideAGoodDevice(cuts().map(ClientHello::bytes).toList());
    }

    @Test
    void aHelloWhoseSenderHangsUpInItsMiddleIsNotWaitedFor() throws Exception {
        handshakesMayTake(NEVER);
        for (var hello : cuts().toList()) {
            try (var stranger = new Stranger(listener().port())) {
                stranger.send(hello.bytes()).endsItsHalf().readToTheEnd();
            }
        }
    }

    @Test
    void aHandshakeWhoseSecondHalfNeverComesIsCutOff() throws Exception {
        handshakesMayTake(SOON);
        besideAGoodDevice(List.of(HELLO.bytes(), ClientHello.of("TLSv1.2").bytes()));
    }

    @Test
    void aHelloThatDripsIsCutOffBeforeItsEnd() throws IOException {
        handshakesMayTake(SOON);
        try (var stranger = new Stranger(listener().port())) {
            assertThat(stranger.drip(HELLO.bytes(), 50)).isLessThan(HELLO.length());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void whateverIsWrongInAHelloEndsItsConnectionOnly(String protocol) throws Exception {
        handshakesMayTake(SOON);
        long seed = new SecureRandom().nextLong();
        System.out.println("seed of the mutations: " + seed);
        var random = new Random(seed);
        var hello = ClientHello.of(protocol);
        besideAGoodDevice(IntStream.range(0, MUTATIONS)
                .mapToObj(_ -> hello.mutated(random).bytes())
                .toList());
    }

    /** Sends each of {@code openings} on a connection of its own, all at once, waits for the listener to end them, and is served meanwhile. */
    private void besideAGoodDevice(List<byte[]> openings) throws Exception {
        int port = listener().port();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var device = connect()) {
            var ends = new ArrayList<Future<byte[]>>();
            for (var opening : openings) {
                ends.add(threads.submit(() -> {
                    try (var stranger = new Stranger(port)) {
                        return stranger.send(opening).readToTheEnd();
                    }
                }));
            }
            for (var end : ends) {
                assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
                end.get(30, TimeUnit.SECONDS);
            }
        }
    }

    /** Nothing at all, within each head, within the fields, between them, and just before the end. */
    private static Stream<ClientHello> cuts() {
        return IntStream.concat(IntStream.rangeClosed(0, 48), IntStream.of(64, 90, 128, HELLO.length() - 1))
                .mapToObj(HELLO::cut);
    }

    private static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        var joined = new ByteArrayOutputStream();
        for (var part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
