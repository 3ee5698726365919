package dev.berth.api.device;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.OptionalInt;

/** A caller that sends bytes of its own making where TLS is spoken. */
final class Stranger implements AutoCloseable {
    private static final int ALERT = 21;
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    Stranger(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** As much of {@code bytes} as the other side takes before it hangs up. */
    Stranger send(byte... bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
        } catch (SocketException _) {
            // the answer tells more than that it was early
        }
        return this;
    }

    /** Says that nothing more will come, and goes on listening. */
    Stranger endsItsHalf() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Sends byte after byte, each when the one before has not been answered for {@code pauseMillis}, until it is cut off; how many there were. */
    int drip(byte[] bytes, int pauseMillis) throws IOException {
        socket.setSoTimeout(pauseMillis);
        for (int sent = 0; sent < bytes.length; sent++) {
            try {
                socket.getOutputStream().write(bytes[sent]);
                if (socket.getInputStream().read() < 0) {
                    return sent + 1;
                }
            } catch (SocketTimeoutException _) {
                // on with the next
            } catch (SocketException _) {
                return sent;
            }
        }
        return bytes.length;
    }

    /** The first record of the answer. */
    byte[] readRecord() throws IOException {
        var head = socket.getInputStream().readNBytes(5);
        return socket.getInputStream().readNBytes(((head[3] & 0xff) << 8) | (head[4] & 0xff));
    }

    /** Everything that came until the other side ended the connection; that it is not ended is a failure. */
    byte[] readToTheEnd() throws IOException {
        var all = new ByteArrayOutputStream();
        try {
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                all.write(b);
            }
        } catch (SocketTimeoutException _) {
            throw new AssertionError("the connection was left open");
        } catch (SocketException _) {
            // reset: ended too
        }
        return all.toByteArray();
    }

    /** The description in the alert that {@code answer} is, if it is one. */
    static OptionalInt alert(byte[] answer) {
        return answer.length == 7 && answer[0] == ALERT ? OptionalInt.of(answer[6]) : OptionalInt.empty();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
