package dev.berth.moving;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Says now and then how far a long walk has come, and how fast it goes. */
public final class Progress {
    static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final double NANOS_PER_SECOND = 1e9;

    private final String did;
    private final LongSupplier nanoTime;
    private final Consumer<String> listener;
    private final long began;
    private long told;

    /** {@code did} as in "exported 5,000 documents". */
    public Progress(String did, LongSupplier nanoTime, Consumer<String> listener) {
        this.did = did;
        this.nanoTime = nanoTime;
        this.listener = listener;
        began = nanoTime.getAsLong();
        told = began;
    }

    /** So many documents are done by now. */
    void reached(long documents) {
        var now = nanoTime.getAsLong();
        if (now - told >= INTERVAL.toNanos()) {
            told = now;
            listener.accept(sentence(documents, now));
        }
    }

    /** How far it came in all. */
    public String summary(long documents) {
        return sentence(documents, nanoTime.getAsLong());
    }

    private String sentence(long documents, long now) {
        var seconds = (now - began) / NANOS_PER_SECOND;
        return "%s %,d documents in %.1f s (%,.0f/s)"
                .formatted(did, documents, seconds, documents / Math.max(seconds, 1e-3));
    }
}
