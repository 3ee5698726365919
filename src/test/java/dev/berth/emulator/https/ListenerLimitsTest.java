package dev.berth.emulator.https;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.TestDevice;
import dev.berth.emulator.protocol.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the device listener does with clients that send too much, too slowly, or no HTTP at all. */
class ListenerLimitsTest {
    private static final int BODY_BYTES_MAX = 1_000;
    private static final Duration BODY_TIME_MAX = Duration.ofMillis(300);
    private static final int PATIENCE_MILLIS = 20_000;
    private static final String PATH = "/0ne/registrations/a/register?api-version=2021-06-01";

    @TempDir
    Path directory;

    private Emulator emulator;

    @BeforeEach
    void start() throws IOException {
        var limits = new BodyReader.Limits(BODY_BYTES_MAX, BODY_TIME_MAX, BODY_TIME_MAX);
        emulator = Emulator.start(EmulatorConfig.of(1, 10), directory, Ticker.system(), limits);
    }

    @AfterEach
    void stop() throws IOException {
        emulator.close();
    }

    @Test
    void aBodyOfTheMaximumIsRead() throws IOException {
        assertThat(answer(put("Content-Length: " + BODY_BYTES_MAX, " ".repeat(BODY_BYTES_MAX))))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void anAnnouncedBodyOverTheMaximumIsRefusedBeforeItComes() throws IOException {
        assertThat(answer(put("Content-Length: " + (BODY_BYTES_MAX + 1), ""))).startsWith("HTTP/1.1 413 ");
        assertThat(answer(put("Content-Length: 99999999999999999", ""))).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void aChunkedBodyOverTheMaximumIsRefused() throws IOException {
        var chunk = "3e9\r\n" + "x".repeat(BODY_BYTES_MAX + 1) + "\r\n";
        assertThat(answer(put("Transfer-Encoding: chunked", chunk))).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void aBodyThatDoesNotComeTimesOut() throws IOException {
        var answer = answer(put("Content-Length: 10", "{"));
        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("\"errorCode\":408000", "connection: close");
    }

    @Test
    void aHeaderOverTheMaximumIsRefused() throws IOException {
        assertThat(answer(put("X: " + "x".repeat(17 * 1024), ""))).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void aRequestLineOverTheMaximumIsRefused() throws IOException {
        assertThat(answer("GET /" + "x".repeat(5 * 1024) + " HTTP/1.1\r\nHost: h\r\n\r\n"))
                .startsWith("HTTP/1.0 414 ");
    }

    @Test
    void anAsteriskAndNonsenseAreRefused() throws IOException {
        assertThat(answer("OPTIONS * HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ");
        assertThat(answer("nonsense\r\n\r\n")).startsWith("HTTP/1.0 400 ");
    }

    private static String put(String header, String body) {
        return "PUT " + PATH + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n\r\n" + body;
    }

    /** All that the emulator says before it closes the connection. */
    private String answer(String request) throws IOException {
        var endpoint = emulator.description().deviceEndpoint().split(":", 2);
        var sockets =
                TestDevice.sslContext(null, emulator.description().caFile()).getSocketFactory();
        try (var socket = (SSLSocket) sockets.createSocket(endpoint[0], Integer.parseInt(endpoint[1]))) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
