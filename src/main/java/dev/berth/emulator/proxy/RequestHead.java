package dev.berth.emulator.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads a request up to the empty line, within a size and a time, and not one byte further. */
final class RequestHead {
    private static final byte[] END = {'\r', '\n', '\r', '\n'};

    private RequestHead() {}

    static ConnectRequest read(Socket client, InputStream in, ConnectProxy.Limits limits) throws IOException {
        try {
            return read(
                    client, in, limits, System.nanoTime() + limits.headTimeMax().toNanos());
        } catch (SocketTimeoutException tooSlow) {
            return new ConnectRequest.Refused(Refusal.HEAD_TOO_SLOW);
        }
    }

    private static ConnectRequest read(Socket client, InputStream in, ConnectProxy.Limits limits, long deadline)
            throws IOException {
        var head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < END.length) {
            if (head.size() == limits.headBytesMax()) {
                return new ConnectRequest.Refused(Refusal.HEAD_TOO_LARGE);
            }
            int next = next(client, in, deadline);
            if (next < 0) {
                return new ConnectRequest.Refused(Refusal.MALFORMED);
            }
            head.write(next);
            matched = next == END[matched] ? matched + 1 : next == END[0] ? 1 : 0;
        }
        return ConnectRequest.of(head.toString(StandardCharsets.ISO_8859_1));
    }

    /** What lies there is read though the time is over: it may have come while the whole process stood still. */
    private static int next(Socket client, InputStream in, long deadline) throws IOException {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0 && in.available() == 0) {
            throw new SocketTimeoutException();
        }
        client.setSoTimeout((int) Math.max(left, 1)); // 0 would be for ever
        return in.read();
    }
}
