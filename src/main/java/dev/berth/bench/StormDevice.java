package dev.berth.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A device that opens a new mutual-TLS connection for each question. */
final class StormDevice {
    private static final byte[] ASK = "GET /v1/id-scope HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);
    private static final String REPORT = "{\"status\":\"assigned\",\"assignedHub\":\"hub-1\",\"deviceId\":\"storm\"}";
    private static final byte[] REPORT_REQUEST =
            "POST /v1/registrations/me/result HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(REPORT.length(), REPORT)
                    .getBytes(US_ASCII);
    private static final byte[] NOTHING = {};

    /** For how long it waits for an answer. */
    static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private final InetSocketAddress listener;
    private final Hellos hellos;

    /** What became of a question; {@code retryAfterSeconds} is 0 where nothing was said of it. */
    record Outcome(Kind kind, int retryAfterSeconds) {
        enum Kind {
            /** Answered with 200; or connected, where nothing was asked. */
            SERVED,
            /** Answered with something else. */
            REFUSED,
            /** The connection was closed or reset before any byte came back. */
            CLOSED,
            /** It ended in any other way, or not in time. */
            BROKEN
        }
    }

    StormDevice(InetSocketAddress listener, Hellos hellos) {
        this.listener = listener;
        this.hellos = hellos;
    }

    /** Begins to connect and ask; {@code selector} tells when there is more to do. */
    StormCall begin(Selector selector) throws IOException {
        return new StormCall(this, ASK, selector);
    }

    /** Connects and asks. */
    Outcome ask() throws IOException {
        return call(ASK);
    }

    /** Connects and reports that it has been assigned, after which it is told its hub and takes no slot. */
    Outcome report() throws IOException {
        return call(REPORT_REQUEST);
    }

    private Outcome call(byte[] request) throws IOException {
        try (var selector = Selector.open();
                var call = new StormCall(this, request, selector)) {
            return call.outcome(selector);
        }
    }

    /** A connection with which nothing is done after its handshake. */
    SocketChannel idle() throws IOException {
        try (var selector = Selector.open()) {
            var call = new StormCall(this, NOTHING, selector);
            var outcome = call.outcome(selector);
            if (outcome.kind() == Outcome.Kind.SERVED) {
                return call.channel();
            }
            call.close();
            throw new IOException(outcome.toString());
        }
    }

    /** A connection that has said {@code bytes} of a hello, at most. */
    SocketChannel halfOpen(int bytes) throws IOException {
        var hello = hellos.take();
        var channel = channel();
        try {
            channel.connect(listener);
            channel.write(ByteBuffer.wrap(hello.bytes(), 0, Math.min(bytes, hello.bytes().length - 1)));
            hellos.putBack(hello);
            return channel;
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    InetSocketAddress listener() {
        return listener;
    }

    Hellos hellos() {
        return hellos;
    }

    /** A socket that leaves nothing behind: thousands a second would use up all ports. */
    static SocketChannel channel() throws IOException {
        return SocketChannel.open()
                .setOption(StandardSocketOptions.TCP_NODELAY, true)
                .setOption(StandardSocketOptions.SO_LINGER, 0);
    }
}
