package dev.berth.emulator.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.instance.CustomAllocation;
import dev.berth.emulator.instance.InstanceConfig;
import dev.berth.emulator.instance.Instances;
import dev.berth.emulator.protocol.Ticker;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limits of a state that is sent to the admin API. */
class StateUploadTest {
    private static final int BYTES_MAX = 5_000;
    private static final int PATIENCE_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @BeforeEach
    void start() throws Exception {
        var instances = new Instances(List.of(InstanceConfig.of("dps-1")), Ticker.system(), CustomAllocation.NONE);
        port = vertx.createHttpServer()
                .requestHandler(new AdminApi(vertx, instances, BYTES_MAX))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private HttpResponse<String> send(String method, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/state"))
                .version(HttpClient.Version.HTTP_1_1)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aStateOfTheMaximumIsTakenAndAByteMoreIsNot() throws Exception {
        var state = send("GET", "").body();
        assertThat(send("PUT", state + " ".repeat(BYTES_MAX - state.length())).statusCode())
                .isEqualTo(200);
        assertThat(send("PUT", state + " ".repeat(BYTES_MAX - state.length() + 1))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void aSecondStateWaitsForItsTurn() throws Exception {
        try (var slow = slow()) {
            assertThat(answerOnceBusy()).isEqualTo(409);
            assertThat(slow.isClosed()).isFalse();
        }
        assertThat(answerOnceFree()).isEqualTo(200);
    }

    /** A client that has announced more than it sends. */
    private Socket slow() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        var request = "PUT /state HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    private int answerOnceBusy() throws Exception {
        return awaitStatus(409);
    }

    /** A client that goes away takes its turn with it. */
    private int answerOnceFree() throws Exception {
        return awaitStatus(200);
    }

    /** The last answer, if it never comes. */
    private int awaitStatus(int wanted) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        int status;
        do {
            status = send("GET", "").statusCode();
        } while (status != wanted && System.nanoTime() < deadline);
        return status;
    }
}
