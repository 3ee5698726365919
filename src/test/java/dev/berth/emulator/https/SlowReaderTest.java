package dev.berth.emulator.https;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.TestDevice;
import dev.berth.emulator.device.DeviceApi;
import dev.berth.emulator.instance.CustomAllocation;
import dev.berth.emulator.instance.Instances;
import dev.berth.emulator.protocol.Pem;
import dev.berth.emulator.protocol.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that sends and never reads its answers, at a listener that ends no connection for its idleness. */
@Timeout(60)
class SlowReaderTest {
    private static final int BODY_BYTES_MAX = 1_000;
    private static final Duration LINGER = Duration.ofMillis(300);
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int ANSWERS_UNREAD = 1_000;
    private static final int PATIENCE_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final ServerIdentity identity = ServerIdentity.fresh(Instant.now());
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private SSLContext trust;
    private int port;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        trust = TestDevice.sslContext(
                null, Files.writeString(directory.resolve("ca.pem"), Pem.of(identity.authority())));
        var api = new DeviceApi(new Instances(List.of(), Ticker.system(), CustomAllocation.NONE));
        var limits = new BodyReader.Limits(BODY_BYTES_MAX, Duration.ofMinutes(1), LINGER);
        var device = new DeviceHandler(vertx, limits, api, Ticker.system());
        var options = HttpsListener.options(identity, TlsEngine.AUTO, 0)
                .setSendBufferSize(BUFFER_BYTES)
                .setReceiveBufferSize(BUFFER_BYTES)
                .setIdleTimeout(0);
        port = await(HttpsListener.listenAlone(vertx, options, request -> watched(request, device)));
    }

    private void watched(HttpServerRequest request, DeviceHandler device) {
        request.connection().closeHandler(closed -> ended.complete(true));
        device.handle(request);
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    @Test
    void anUploadOverTheMaximumEndsTheConnectionOfAClientThatReadsNothing() throws Exception {
        try (var client = client()) {
            send(client, "GET / HTTP/1.1\r\nHost: h\r\n\r\n".repeat(ANSWERS_UNREAD));
            send(client, "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: " + (BODY_BYTES_MAX + 1) + "\r\n\r\n");
            assertThat(ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    private SSLSocket client() throws IOException {
        var below = new Socket();
        below.setReceiveBufferSize(BUFFER_BYTES);
        below.connect(new InetSocketAddress("localhost", port));
        return (SSLSocket) trust.getSocketFactory().createSocket(below, "localhost", port, true);
    }

    private static void send(SSLSocket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get();
    }
}
