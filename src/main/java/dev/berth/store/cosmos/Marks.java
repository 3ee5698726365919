package dev.berth.store.cosmos;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** A name for each write, so that a writer who got no answer knows his write again. Never twice, whatever the number of replicas. */
final class Marks {
    private final String process;
    private final AtomicLong writes = new AtomicLong();

    Marks(RandomGenerator random) {
        process = Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX);
    }

    String next() {
        return process + '.' + Long.toUnsignedString(writes.incrementAndGet(), Character.MAX_RADIX);
    }
}
