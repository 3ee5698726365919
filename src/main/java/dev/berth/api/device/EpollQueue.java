package dev.berth.api.device;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/**
 * Connections that wait at a listening socket of Linux's epoll. Where Netty accepts, it sets up a channel and calls the kernel three times more; for one that is refused
 * that would be a fifth of what it costs.
 */
final class EpollQueue {
    /** Enough for any address that the kernel writes; nobody reads it. */
    private final byte[] address = new byte[32];

    private final Socket listening;

    private EpollQueue(Socket listening) {
        this.listening = listening;
    }

    /** Empty where the listening socket is another kind's. */
    static Optional<EpollQueue> of(Channel listening) {
        return listening instanceof EpollServerSocketChannel socket
                ? Optional.of(new EpollQueue(new Socket(socket.fd().intValue())))
                : Optional.empty();
    }

    /** Accepts all, as they came, but no more than {@code max}; on the event loop of the listening socket, while that does not. */
    void moveTo(Collection<? super AcceptDoor.Caller> came, int max) {
        try {
            for (int i = 0; i < max; i++) {
                int connection = listening.accept(address);
                if (connection < 0) {
                    return;
                }
                came.add(new Waiting(connection));
            }
        } catch (IOException failed) {
            // Of the connection, which is gone, or of the process, which has no more files; the next look will see.
        }
    }

    private record Waiting(int connection) implements AcceptDoor.Caller {
        @Override
        public Channel letIn() {
            return new EpollSocketChannel(connection);
        }

        @Override
        public void reset() {
            var socket = new Socket(connection);
            try {
                socket.setSoLinger(0);
                socket.close();
            } catch (IOException gone) {
                // So it is closed.
            }
        }
    }
}
