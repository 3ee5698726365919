package dev.berth.api.device;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the handshakes that the listener did. */
final class Handshakes implements DeviceObserver {
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    @Override
    public void handshakeDone(String protocol) {
        done.incrementAndGet();
    }

    @Override
    public void handshakeFailed() {
        failed.incrementAndGet();
    }

    int done() {
        return done.get();
    }

    int failed() {
        return failed.get();
    }
}
