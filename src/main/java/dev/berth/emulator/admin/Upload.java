package dev.berth.emulator.admin;

import dev.berth.emulator.https.ArrivalTime;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A body that is too large for memory on its way into a file, within a size and a time. On the request's event loop. */
final class Upload {
    private static final Duration TIME_MAX = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final AsyncFile file;
    private final long bytesMax;
    private final Consumer<Outcome> ended;
    private long bytes;
    private @Nullable ArrivalTime time;
    private boolean done;

    /** How it ended. */
    enum Outcome {
        WHOLE,
        TOO_LARGE,
        TOO_SLOW,
        BROKEN_OFF
    }

    private Upload(Vertx vertx, HttpServerRequest request, AsyncFile file, long bytesMax, Consumer<Outcome> ended) {
        this.vertx = vertx;
        this.request = request;
        this.file = file;
        this.bytesMax = bytesMax;
        this.ended = ended;
    }

    /** Takes the body of a paused request. */
    static void receive(Vertx vertx, HttpServerRequest request, Path path, long bytesMax, Consumer<Outcome> ended) {
        // A client that goes away while the file is opened would otherwise never be heard of.
        var gone = new AtomicBoolean();
        request.exceptionHandler(lost -> gone.set(true));
        vertx.fileSystem()
                .open(path.toString(), new OpenOptions().setWrite(true))
                .onSuccess(file -> {
                    var upload = new Upload(vertx, request, file, bytesMax, ended);
                    if (gone.get()) {
                        upload.end(Outcome.BROKEN_OFF);
                    } else {
                        upload.start();
                    }
                })
                .onFailure(failed -> ended.accept(Outcome.BROKEN_OFF));
    }

    private void start() {
        time = ArrivalTime.begin(vertx, TIME_MAX, () -> end(Outcome.TOO_SLOW));
        file.drainHandler(drained -> request.resume());
        request.handler(this::add)
                .exceptionHandler(gone -> end(Outcome.BROKEN_OFF))
                .endHandler(whole -> end(Outcome.WHOLE))
                .resume();
    }

    private void add(Buffer part) {
        bytes += part.length();
        if (bytes > bytesMax) {
            end(Outcome.TOO_LARGE);
        } else if (!done) {
            file.write(part);
            if (file.writeQueueFull()) {
                request.pause();
            }
        }
    }

    private void end(Outcome outcome) {
        if (!done) {
            done = true;
            if (time != null) {
                time.end();
            }
            file.close().onComplete(closed -> ended.accept(closed.succeeded() ? outcome : Outcome.BROKEN_OFF));
        }
    }
}
