package dev.berth.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
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
    private static final byte[] NOTHING = {};

    /** For how long it waits for an answer. */
    static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private final InetSocketAddress listener;
    private final SSLContext context;
    private @Nullable Said said;

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

    /** A hello, and the engine that made it and waits for what comes back. */
    record Said(SSLEngine engine, byte[] hello) {}

    StormDevice(InetSocketAddress listener, SSLContext context) {
        this.listener = listener;
        this.context = context;
    }

    /** Makes its hello beforehand. */
    StormDevice ready() throws IOException {
        said();
        return this;
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
        var hello = said().hello();
        var channel = channel();
        try {
            channel.connect(listener);
            channel.write(ByteBuffer.wrap(hello, 0, Math.min(bytes, hello.length - 1)));
            return channel;
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    InetSocketAddress listener() {
        return listener;
    }

    /** A socket that leaves nothing behind: thousands a second would use up all ports. */
    static SocketChannel channel() throws IOException {
        return SocketChannel.open()
                .setOption(StandardSocketOptions.TCP_NODELAY, true)
                .setOption(StandardSocketOptions.SO_LINGER, 0);
    }

    /** The hello that is at hand, or a new one. */
    Said said() throws IOException {
        var current = said;
        if (current == null) {
            var engine = context.createSSLEngine();
            engine.setUseClientMode(true);
            var bytes = ByteBuffer.allocate(StormCall.BUFFER_BYTES);
            engine.wrap(ByteBuffer.allocate(0), bytes);
            current = new Said(engine, Arrays.copyOf(bytes.array(), bytes.position()));
            said = current;
        }
        return current;
    }

    /** It was answered, or never will be; the next connection takes a new one. */
    void helloIsSpent() {
        said = null;
    }
}
