package dev.berth.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.berth.bench.StormDevice.Outcome;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/** One question of a device on a connection of its own. It never blocks, so that one thread carries thousands. */
final class StormCall implements AutoCloseable {
    static final int BUFFER_BYTES = 20 * 1024;
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    /** For what is sent or read at once. A buffer for each time would have to be collected, and while that is done nobody comes. */
    private static final ThreadLocal<ByteBuffer> SCRATCH =
            ThreadLocal.withInitial(() -> ByteBuffer.allocate(BUFFER_BYTES));

    private final StormDevice device;
    private final Hellos.Hello hello;
    private final SSLEngine engine;
    private final byte[] request;
    private final long beganNanos = System.nanoTime();
    private final SocketChannel channel = StormDevice.channel();
    private final SelectionKey key;
    private ByteBuffer received = NONE;
    private ByteBuffer plain = NONE;
    private boolean asked;

    /** Begins to connect; without bytes of a {@code request} its handshake is all it does. */
    StormCall(StormDevice device, byte[] request, Selector selector) throws IOException {
        this.device = device;
        this.hello = device.hellos().take();
        this.engine = hello.engine();
        this.request = request;
        channel.configureBlocking(false);
        channel.connect(device.listener());
        key = channel.register(selector, SelectionKey.OP_CONNECT, this);
    }

    StormDevice device() {
        return device;
    }

    SocketChannel channel() {
        return channel;
    }

    long beganNanos() {
        return beganNanos;
    }

    /** Waits for its outcome; nothing else may be registered with {@code selector}. */
    Outcome outcome(Selector selector) throws IOException {
        for (var outcome = Optional.<Outcome>empty(); ; outcome = advance()) {
            if (outcome.isPresent()) {
                return outcome.get();
            }
            selector.selectedKeys().clear();
            if (selector.select(StormDevice.WAIT_MAX.toMillis()) == 0) {
                return tooLate();
            }
        }
    }

    /** Does what can be done now, and says what came of the question once that is certain. */
    Optional<Outcome> advance() {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                send(ByteBuffer.wrap(hello.bytes()));
                key.interestOps(SelectionKey.OP_READ);
                return Optional.empty();
            }
            receive();
            return converse();
        } catch (IOException broken) {
            return Optional.of(answered() ? broken() : closed());
        }
    }

    /** What became of it, if nothing comes any more. */
    Outcome tooLate() {
        return broken();
    }

    private static Outcome broken() {
        return new Outcome(Outcome.Kind.BROKEN, 0);
    }

    private Outcome closed() {
        device.hellos().putBack(hello);
        return new Outcome(Outcome.Kind.CLOSED, 0);
    }

    private boolean answered() {
        return received.capacity() > 0;
    }

    private void receive() throws IOException {
        if (answered()) {
            read(received);
            return;
        }
        var first = scratch();
        read(first); // most connections of a crowd end here
        received = ByteBuffer.allocate(BUFFER_BYTES).put(first.flip());
        plain = ByteBuffer.allocate(BUFFER_BYTES);
    }

    private void read(ByteBuffer into) throws IOException {
        if (channel.read(into) < 0) {
            throw new EOFException();
        }
    }

    private Optional<Outcome> converse() throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> sendSealed(NONE);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!unwrap()) {
                        return Optional.empty();
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    return ask();
                }
            }
        }
    }

    private Optional<Outcome> ask() throws IOException {
        if (request.length == 0) {
            return Optional.of(new Outcome(Outcome.Kind.SERVED, 0));
        }
        if (!asked) {
            asked = true;
            sendSealed(ByteBuffer.wrap(request));
        }
        var answer = answer();
        while (answer.isEmpty() && unwrap()) {
            answer = answer();
        }
        return answer;
    }

    private Optional<Outcome> answer() {
        var text = new String(plain.array(), 0, plain.position(), ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0 || text.length() < end + 4 + header(text, "content-length: ")) {
            return Optional.empty();
        }
        int status = Integer.parseInt(text.substring(9, 12));
        return Optional.of(new Outcome(
                status / 100 == 2 ? Outcome.Kind.SERVED : Outcome.Kind.REFUSED, header(text, "retry-after: ")));
    }

    private static int header(String text, String name) {
        int at = text.toLowerCase(Locale.ROOT).indexOf(name);
        return at < 0 ? 0 : Integer.parseInt(text.substring(at + name.length(), text.indexOf('\r', at)));
    }

    private void sendSealed(ByteBuffer bytes) throws IOException {
        var sealed = scratch();
        engine.wrap(bytes, sealed);
        send(sealed.flip());
    }

    /** This thread's, empty. */
    static ByteBuffer scratch() {
        return SCRATCH.get().clear();
    }

    /** So little always fits into the socket's buffer. */
    private void send(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            throw new IOException("the socket takes no more");
        }
    }

    /** Opens one record; false where the next one has not come whole. */
    private boolean unwrap() throws IOException {
        received.flip();
        var result = engine.unwrap(received, plain);
        received.compact();
        return switch (result.getStatus()) {
            case OK -> true;
            case BUFFER_UNDERFLOW -> false;
            case BUFFER_OVERFLOW, CLOSED -> throw new EOFException();
        };
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            // So it is closed.
        }
    }
}
