package dev.berth.bench;

import java.nio.ByteBuffer;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Hellos of devices that share a certificate. One that was not answered is sent again by whoever connects next: being refused costs no cryptography, and those who wait keep
 * nothing, so that one core can play thousands.
 */
final class Hellos {
    private final SSLContext context;
    private final Deque<Hello> unanswered = new ConcurrentLinkedDeque<>();

    /** What a device says first, and the engine that made it and knows what to say next. */
    record Hello(SSLEngine engine, byte[] bytes) {}

    Hellos(SSLContext context) {
        this.context = context;
    }

    /** The caller's alone, until it puts it back. */
    Hello take() throws SSLException {
        var again = unanswered.poll();
        return again != null ? again : hello();
    }

    /** Nothing was heard after it. */
    void putBack(Hello hello) {
        unanswered.push(hello);
    }

    private Hello hello() throws SSLException {
        var engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        var sealed = StormCall.scratch();
        engine.wrap(ByteBuffer.allocate(0), sealed);
        byte[] bytes = new byte[sealed.flip().remaining()];
        sealed.get(bytes);
        return new Hello(engine, bytes);
    }
}
