package dev.berth.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * A device that opens a new mutual-TLS connection for each question, and keeps the hello of a connection that was refused for its next one: being refused
 * costs it no cryptography, so that one core can play thousands that are.
 */
final class StormDevice {
    private static final byte[] ASK = "GET /v1/id-scope HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);
    private static final String REPORT = "{\"status\":\"assigned\",\"assignedHub\":\"hub-1\",\"deviceId\":\"storm\"}";
    private static final byte[] REPORT_REQUEST =
            "POST /v1/registrations/me/result HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(REPORT.length(), REPORT)
                    .getBytes(US_ASCII);
    private static final int WAIT_MAX_MILLIS = 10_000;
    private static final int BUFFER_BYTES = 40 * 1024;

    private final InetSocketAddress listener;
    private final SSLContext context;
    private @Nullable SSLEngine engine;
    private byte[] hello = {};

    /** What became of a question; {@code retryAfterSeconds} is 0 where nothing was said of it. */
    record Outcome(Kind kind, int retryAfterSeconds) {
        enum Kind {
            /** Answered with 200. */
            SERVED,
            /** Answered with something else. */
            REFUSED,
            /** The connection was closed or reset before any byte came back. */
            CLOSED,
            /** It ended in any other way, or not in time. */
            BROKEN
        }
    }

    StormDevice(InetSocketAddress listener, SSLContext context) {
        this.listener = listener;
        this.context = context;
    }

    /** Makes its hello beforehand. */
    StormDevice ready() throws IOException {
        said();
        return this;
    }

    /** Connects and asks. */
    Outcome ask() {
        return call(ASK);
    }

    /** Connects and reports that it has been assigned, after which it is told its hub and takes no slot. */
    Outcome report() {
        return call(REPORT_REQUEST);
    }

    /** A connection with which nothing is done after its handshake. */
    Socket idle() throws IOException {
        var socket = connect();
        new Conversation(socket, said()).handshake();
        engine = null;
        return socket;
    }

    /** A connection that has said {@code bytes} of a hello, at most. */
    Socket halfOpen(int bytes) throws IOException {
        said();
        var socket = connect();
        socket.getOutputStream().write(hello, 0, Math.min(bytes, hello.length - 1));
        return socket;
    }

    private Outcome call(byte[] request) {
        boolean begun = false;
        try (var socket = connect()) {
            var conversation = new Conversation(socket, said());
            if (!conversation.begins()) {
                return new Outcome(Outcome.Kind.CLOSED, 0);
            }
            begun = true;
            engine = null;
            conversation.handshake();
            return conversation.answer(request);
        } catch (SocketTimeoutException tooLong) {
            engine = null;
            return new Outcome(Outcome.Kind.BROKEN, 0);
        } catch (IOException broken) {
            return new Outcome(begun ? Outcome.Kind.BROKEN : Outcome.Kind.CLOSED, 0);
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(WAIT_MAX_MILLIS);
        socket.setSoLinger(true, 0); // thousands a second would use up all ports
        socket.connect(listener, WAIT_MAX_MILLIS);
        return socket;
    }

    /** The engine whose hello is at hand. */
    private SSLEngine said() throws IOException {
        var current = engine;
        if (current == null) {
            current = context.createSSLEngine();
            current.setUseClientMode(true);
            var bytes = ByteBuffer.allocate(BUFFER_BYTES);
            current.wrap(ByteBuffer.allocate(0), bytes);
            hello = Arrays.copyOf(bytes.array(), bytes.position());
            engine = current;
        }
        return current;
    }

    /** One connection, from the hello on. */
    private final class Conversation {
        private final Socket socket;
        private final SSLEngine engine;
        private final ByteBuffer plain = ByteBuffer.allocate(BUFFER_BYTES);
        private ByteBuffer received = ByteBuffer.allocate(0);

        Conversation(Socket socket, SSLEngine engine) throws IOException {
            this.socket = socket;
            this.engine = engine;
            socket.getOutputStream().write(hello);
        }

        /** Whether anything comes back. */
        boolean begins() throws IOException {
            var first = new byte[4 * 1024];
            int count = socket.getInputStream().read(first);
            received = ByteBuffer.allocate(BUFFER_BYTES);
            if (count > 0) {
                received.put(first, 0, count);
            }
            return count > 0;
        }

        void handshake() throws IOException {
            if (received.capacity() == 0 && !begins()) {
                throw new EOFException();
            }
            while (true) {
                switch (engine.getHandshakeStatus()) {
                    case NEED_TASK -> engine.getDelegatedTask().run();
                    case NEED_WRAP -> send(ByteBuffer.allocate(0));
                    case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> receive();
                    case FINISHED, NOT_HANDSHAKING -> {
                        return;
                    }
                }
            }
        }

        Outcome answer(byte[] request) throws IOException {
            send(ByteBuffer.wrap(request));
            while (true) {
                var text = new String(plain.array(), 0, plain.position(), ISO_8859_1);
                int end = text.indexOf("\r\n\r\n");
                if (end >= 0 && text.length() >= end + 4 + header(text, "content-length: ")) {
                    int status = Integer.parseInt(text.substring(9, 12));
                    return new Outcome(
                            status / 100 == 2 ? Outcome.Kind.SERVED : Outcome.Kind.REFUSED,
                            header(text, "retry-after: "));
                }
                receive();
            }
        }

        private static int header(String text, String name) {
            int at = text.toLowerCase(Locale.ROOT).indexOf(name);
            return at < 0 ? 0 : Integer.parseInt(text.substring(at + name.length(), text.indexOf('\r', at)));
        }

        private void send(ByteBuffer bytes) throws IOException {
            var out = ByteBuffer.allocate(BUFFER_BYTES);
            engine.wrap(bytes, out);
            socket.getOutputStream().write(out.array(), 0, out.position());
        }

        private void receive() throws IOException {
            received.flip();
            var result = engine.unwrap(received, plain);
            received.compact();
            switch (result.getStatus()) {
                case OK -> {}
                case BUFFER_UNDERFLOW -> fill();
                case BUFFER_OVERFLOW, CLOSED -> throw new EOFException();
            }
        }

        private void fill() throws IOException {
            int count = socket.getInputStream().read(received.array(), received.position(), received.remaining());
            if (count < 0) {
                throw new EOFException();
            }
            received.position(received.position() + count);
        }
    }
}
