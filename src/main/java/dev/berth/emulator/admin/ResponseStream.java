package dev.berth.emulator.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A chunked body that waits for its reader; used on a thread that may wait. */
final class ResponseStream extends OutputStream {
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final Duration READER_TIME_MAX = Duration.ofMinutes(1);

    private final HttpServerResponse response;
    private final Runnable beforeEnd;
    private Buffer chunk = Buffer.buffer();

    /** Runs {@code beforeEnd} when all is written, before the reader can know it. */
    ResponseStream(HttpServerResponse response, Runnable beforeEnd) {
        this.response = response.setChunked(true);
        this.beforeEnd = beforeEnd;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        chunk.appendBytes(bytes, offset, length);
        if (chunk.length() >= CHUNK_BYTES) {
            send();
        }
    }

    private void send() throws IOException {
        var full = chunk;
        chunk = Buffer.buffer();
        try {
            response.write(full)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(READER_TIME_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the reader has gone or stands still", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    @Override
    public void close() {
        beforeEnd.run();
        response.end(chunk);
    }
}
