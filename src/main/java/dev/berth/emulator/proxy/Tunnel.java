package dev.berth.emulator.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;

/**
 * Carries bytes both ways until both sides have ended, one breaks, or neither has sent for a time. A side that ends its
 * output may still read; a side that does not read holds the other one up, not the memory.
 */
final class Tunnel {
    private static final int BUFFER_BYTES = 8 * 1024;

    private final Socket client;
    private final Socket target;
    private final Duration idleTimeMax;
    private volatile long movedAt = System.nanoTime();

    Tunnel(Socket client, Socket target, Duration idleTimeMax) {
        this.client = client;
        this.target = target;
        this.idleTimeMax = idleTimeMax;
    }

    /** Returns when nothing more is to be carried; the caller closes the sockets, which ends what still waits. */
    void carry(InputStream fromClient) throws InterruptedException {
        var up = Thread.startVirtualThread(() -> copy(fromClient, target));
        var down = Thread.startVirtualThread(() -> copy(fromTarget(), client));
        while (up.isAlive() || down.isAlive()) {
            var left = idleTimeMax.minusNanos(System.nanoTime() - movedAt);
            if (!left.isPositive()) {
                return;
            }
            (up.isAlive() ? up : down).join(left);
        }
    }

    private InputStream fromTarget() {
        try {
            return target.getInputStream();
        } catch (IOException closed) {
            return InputStream.nullInputStream();
        }
    }

    private void copy(InputStream from, Socket to) {
        try {
            var buffer = new byte[BUFFER_BYTES];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                to.getOutputStream().write(buffer, 0, read);
                movedAt = System.nanoTime();
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            // Half of a broken connection is of no use to anybody.
            close(client);
            close(target);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAnyway) {
            // Nothing is left to do about it.
        }
    }
}
