package dev.berth.emulator.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the proxy opens, what it refuses and with which words, and that nothing in it is without a bound. */
class ConnectProxyTest {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final Duration SOON = Duration.ofMillis(300);
    private static final ConnectProxy.Limits PATIENT =
            new ConnectProxy.Limits(1_024, Duration.ofSeconds(20), Duration.ofMinutes(1), SOON, 2);
    private static final String HOST = "global.azure-devices-provisioning.net";
    private static final String CONNECT = "CONNECT " + HOST + ":443 HTTP/1.1\r\n\r\n";
    private static final String ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";

    private ServerSocket target;
    private ConnectProxy proxy;

    @BeforeEach
    void start() throws IOException {
        target = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        target.setSoTimeout(PATIENCE_MILLIS);
        listen(PATIENT);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        target.close();
    }

    private void listen(ConnectProxy.Limits limits) throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        proxy = ConnectProxy.listen(0, Map.of(443, target.getLocalPort(), 8883, 1), limits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CONNECT HOST:443 HTTP/1.1                                  | 200 | Connection established",
                "CONNECT DPS-1.Azure-Devices-Provisioning.NET:443 HTTP/1.0  | 200 | Connection established",
                "CONNECT example.com:443 HTTP/1.1                           | 403 | azure-devices-provisioning.net",
                "CONNECT 127.0.0.1:443 HTTP/1.1                             | 403 | azure-devices-provisioning.net",
                "CONNECT [::1]:443 HTTP/1.1                                 | 403 | azure-devices-provisioning.net",
                "CONNECT azure-devices-provisioning.net:443 HTTP/1.1        | 403 | azure-devices-provisioning.net",
                "CONNECT a.b.azure-devices-provisioning.net:443 HTTP/1.1    | 403 | azure-devices-provisioning.net",
                "CONNECT HOST.example.com:443 HTTP/1.1                      | 403 | azure-devices-provisioning.net",
                "CONNECT evilazure-devices-provisioning.net:443 HTTP/1.1    | 403 | azure-devices-provisioning.net",
                "CONNECT HOST:22 HTTP/1.1                                   | 403 | ports 443",
                "CONNECT HOST:99999 HTTP/1.1                                | 403 | ports 443",
                "CONNECT HOST:8883 HTTP/1.1                                 | 502 | does not answer",
                "CONNECT HOST HTTP/1.1                                      | 400 | CONNECT host:port",
                "CONNECT HOST:https HTTP/1.1                                | 400 | CONNECT host:port",
                "CONNECT HOST:443 HTTP/2.0                                  | 400 | CONNECT host:port",
                "connect HOST:443 HTTP/1.1                                  | 405 | Allow: CONNECT",
                "GET http://HOST/ HTTP/1.1                                  | 405 | use CONNECT",
                "GET / HTTP/1.1                                             | 405 | use CONNECT",
                "nonsense                                                   | 400 | CONNECT host:port",
            })
    void itOpensTunnelsToDpsAndToNothingElse(String requestLine, int status, String words) throws IOException {
        try (var client = client()) {
            send(client, requestLine.replace("HOST", HOST) + "\r\nProxy-Connection: keep-alive\r\n\r\n");
            client.shutdownOutput();
            if (status == 200) {
                target.accept().close();
            }
            assertThat(rest(client)).startsWith("HTTP/1.1 " + status + ' ').contains(words);
        }
    }

    @Test
    void whatFollowsTheRequestGoesThroughTheTunnel() throws IOException {
        try (var client = client()) {
            send(client, CONNECT + "early");
            try (var server = target.accept()) {
                assertThat(server.getInputStream().readNBytes(5)).asString().isEqualTo("early");
            }
        }
    }

    @Test
    void aSideThatHasEndedMayStillListen() throws IOException {
        try (var client = client()) {
            send(client, CONNECT);
            try (var server = target.accept()) {
                send(client, "question");
                client.shutdownOutput();
                assertThat(rest(server)).isEqualTo("question");
                send(server, "answer");
                server.shutdownOutput();
                assertThat(rest(client)).isEqualTo(ESTABLISHED + "answer");
            }
        }
    }

    @Test
    void aReaderThatWaitsGetsEveryByteInTheEnd() throws Exception {
        var large = "0123456789abcdef".repeat(1 << 20);
        try (var client = client()) {
            send(client, CONNECT);
            try (var server = target.accept()) {
                var sender = Thread.startVirtualThread(() -> sendAndEnd(server, large));
                assertThat(rest(client)).isEqualTo(ESTABLISHED + large);
                sender.join();
            }
        }
    }

    @Test
    void aHeadOverTheMaximumIsRefused() throws IOException {
        try (var client = client()) {
            send(client, "CONNECT " + HOST + ":443 HTTP/1.1\r\nX: " + "x".repeat(2_000) + "\r\n\r\n");
            assertThat(rest(client)).startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void aHeadThatDoesNotComeIsRefused() throws IOException {
        listen(new ConnectProxy.Limits(1_024, SOON, Duration.ofMinutes(1), SOON, 2));
        try (var client = client()) {
            send(client, "CONNECT ");
            assertThat(rest(client)).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void aTunnelThatCarriesNothingEnds() throws IOException {
        listen(new ConnectProxy.Limits(1_024, Duration.ofSeconds(20), SOON, SOON, 2));
        try (var client = client()) {
            send(client, CONNECT);
            try (var server = target.accept()) {
                server.setSoTimeout(PATIENCE_MILLIS);
                assertThat(server.getInputStream().read()).isEqualTo(-1);
                assertThat(rest(client)).isEqualTo(ESTABLISHED);
            }
        }
    }

    @Test
    void oneTunnelMoreThanAllowedIsRefused() throws IOException {
        try (var first = client();
                var second = client();
                var third = client()) {
            send(first, CONNECT);
            send(second, CONNECT);
            try (var one = target.accept();
                    var two = target.accept()) {
                assertThat(one.isConnected() && two.isConnected()).isTrue();
                assertThat(rest(third)).startsWith("HTTP/1.1 503 ");
            }
        }
    }

    @Test
    void closingEndsTheTunnels() throws IOException {
        try (var client = client()) {
            send(client, CONNECT);
            try (var server = target.accept()) {
                proxy.close();
                server.setSoTimeout(PATIENCE_MILLIS);
                assertThat(server.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    private Socket client() throws IOException {
        var client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(PATIENCE_MILLIS);
        return client;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void sendAndEnd(Socket socket, String text) {
        try {
            send(socket, text);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
