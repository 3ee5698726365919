package dev.berth.emulator.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An HTTP proxy on loopback that opens tunnels to the emulator, whatever host of DPS a client names, and to nothing else.
 * Each tunnel is carried by plain blocking code on virtual threads.
 */
public final class ConnectProxy implements AutoCloseable {
    /**
     * How large a request's head may be and how long it may take, how long a tunnel may carry nothing, how long a refused
     * client may still send before it is cut off, and how many connections are served at once; as many again are told so.
     */
    public record Limits(
            int headBytesMax, Duration headTimeMax, Duration idleTimeMax, Duration linger, int tunnelsMax) {
        public static final Limits DEFAULT =
                new Limits(8 * 1024, Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofSeconds(2), 2_048);
    }

    private static final int BACKLOG = 1_024;
    private static final byte[] ESTABLISHED =
            "HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Duration PAUSE_OUT_OF_FILES = Duration.ofMillis(50);

    private final ServerSocket server;
    private final Map<Integer, Integer> ports;
    private final Limits limits;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private ConnectProxy(ServerSocket server, Map<Integer, Integer> ports, Limits limits) {
        this.server = server;
        this.ports = Map.copyOf(ports);
        this.limits = limits;
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for a free one
     * @param ports those of DPS that may be asked for, and where the emulator has each of them
     * @throws IOException if the port is taken
     */
    public static ConnectProxy listen(int port, Map<Integer, Integer> ports, Limits limits) throws IOException {
        var proxy = new ConnectProxy(new ServerSocket(port, BACKLOG, loopback()), ports, limits);
        Thread.startVirtualThread(proxy::accept);
        return proxy;
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                int others = open.size();
                open.add(client);
                Thread.startVirtualThread(() -> serve(client, others));
            } catch (IOException closedOrOutOfFiles) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_OUT_OF_FILES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Socket client, int others) {
        try (client) {
            if (others < limits.tunnelsMax()) {
                client.setTcpNoDelay(true);
                answer(client);
            } else if (others < 2 * limits.tunnelsMax()) {
                refuse(client, Refusal.TOO_MANY);
            }
        } catch (IOException gone) {
            // Nobody is left who could be told.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void answer(Socket client) throws IOException, InterruptedException {
        // What follows the head belongs to the tunnel, so both read from one stream.
        var in = new BufferedInputStream(client.getInputStream());
        switch (RequestHead.read(client, in, limits)) {
            case ConnectRequest.Refused(var refusal) -> refuse(client, refusal);
            case ConnectRequest.Wanted(var _, var port) -> {
                var local = Optional.ofNullable(ports.get(port));
                if (local.isPresent()) {
                    tunnel(client, in, local.get());
                } else {
                    refuse(client, Refusal.OTHER_PORT);
                }
            }
        }
    }

    private void tunnel(Socket client, InputStream in, int port) throws IOException, InterruptedException {
        try (var target = new Socket()) {
            try {
                target.connect(new InetSocketAddress(loopback(), port), (int)
                        limits.headTimeMax().toMillis());
            } catch (IOException unreachable) {
                refuse(client, Refusal.UNREACHABLE);
                return;
            }
            target.setTcpNoDelay(true);
            client.setSoTimeout(0);
            client.getOutputStream().write(ESTABLISHED);
            new Tunnel(client, target, limits.idleTimeMax()).carry(in);
        }
    }

    /** Closing with bytes unread would reset the connection, and the client might lose the reason. */
    private void refuse(Socket client, Refusal refusal) throws IOException {
        client.getOutputStream().write(refusal.answer());
        client.shutdownOutput();
        client.setSoTimeout((int) limits.linger().toMillis());
        long deadline = System.nanoTime() + limits.linger().toNanos();
        var ignored = new byte[1_024];
        while (System.nanoTime() < deadline && client.getInputStream().read(ignored) >= 0) {
            // Read away.
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    }

    /** Ends all tunnels as well. */
    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : open) {
            socket.close();
        }
    }
}
