package dev.berth.emulator.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A client's bytes both ways, over TLS alone or in WebSocket frames. */
interface TestConnection extends AutoCloseable {
    int PATIENCE_MILLIS = 20_000;

    void send(byte[] bytes);

    /** What has come, at least a byte; nothing at all once the other side has ended. */
    byte[] receive();

    @Override
    void close();

    static TestConnection tls(String endpoint, SSLContext context) {
        try {
            var parts = endpoint.split(":", 2);
            return tls(new Socket(parts[0], Integer.parseInt(parts[1])), parts[0], context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Through a proxy's tunnel, for instance; the certificate must be of that host. */
    static TestConnection tls(Socket below, String host, SSLContext context) throws IOException {
        below.setSoTimeout(PATIENCE_MILLIS);
        var socket = (SSLSocket) context.getSocketFactory().createSocket(below, host, below.getPort(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new Tls(socket);
    }

    static TestConnection webSocket(String endpoint, String path, String subProtocol, SSLContext context) {
        return new Frames(endpoint, path, subProtocol, context);
    }

    /** Over a plain TLS socket. */
    record Tls(SSLSocket socket) implements TestConnection {
        @Override
        public void send(byte[] bytes) {
            try {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public byte[] receive() {
            try {
                var buffer = new byte[4_096];
                int read = socket.getInputStream().read(buffer);
                return read < 0 ? new byte[0] : Arrays.copyOf(buffer, read);
            } catch (SocketTimeoutException e) {
                throw new AssertionError("nothing came", e);
            } catch (IOException reset) {
                return new byte[0];
            }
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** In the binary messages of a WebSocket. */
    final class Frames implements TestConnection, WebSocket.Listener {
        private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private final HttpClient client;
        private final WebSocket socket;

        private Frames(String endpoint, String path, String subProtocol, SSLContext context) {
            client = HttpClient.newBuilder().sslContext(context).build();
            socket = client.newWebSocketBuilder()
                    .subprotocols(subProtocol)
                    .buildAsync(URI.create("wss://" + endpoint + path), this)
                    .join();
        }

        String subProtocol() {
            return socket.getSubprotocol();
        }

        void sendText(String text) {
            socket.sendText(text, true).join();
        }

        @Override
        public void send(byte[] bytes) {
            socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
        }

        @Override
        public byte[] receive() {
            try {
                var next = received.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                if (next == null) {
                    throw new AssertionError("nothing came");
                }
                return next;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            while (data.hasRemaining()) {
                message.write(data.get());
            }
            if (last) {
                received.add(message.toByteArray());
                message.reset();
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            received.add(new byte[0]);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            received.add(new byte[0]);
        }

        @Override
        public void close() {
            socket.abort();
            client.shutdownNow();
        }
    }
}
