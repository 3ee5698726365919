package dev.berth.sandbox;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port of loopback for a server that has to be told one. Between the choice and the server's start anybody may take it; so it is none of
 * those that systems give to whoever asks for any port, from 32768 up on Linux, and from 49152 up elsewhere.
 */
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final int ATTEMPTS_MAX = 1_000;

    private FreePort() {}

    /** One that nobody listens at now. */
    public static int choose() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (BindException taken) {
                // another one
            }
        }
        throw new BindException("no port from " + FIRST + " to " + LAST + " is free");
    }
}
