package dev.berth.emulator.instance;

import java.time.Duration;
import java.util.LinkedHashMap;

/** How often each device has polled of late. Made at a device's first poll and dropped when it has not polled for a period. */
final class PollWindows {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final int limit;
    private final LinkedHashMap<String, Poller> byKey = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Poller {
        private final SlidingWindow window;
        private long askedAt;

        Poller(int limit) {
            window = new SlidingWindow(limit, PERIOD);
        }
    }

    PollWindows(int limit) {
        this.limit = limit;
    }

    boolean tryAcquire(String key, long now) {
        dropIdle(now);
        var poller = byKey.computeIfAbsent(key, fresh -> new Poller(limit));
        poller.askedAt = now;
        return poller.window.tryAcquire(now);
    }

    /** The map is in order of the last poll, so the idle ones come first. */
    private void dropIdle(long now) {
        var pollers = byKey.values().iterator();
        while (pollers.hasNext() && pollers.next().askedAt <= now - PERIOD.toNanos()) {
            pollers.remove();
        }
    }

    int size() {
        return byKey.size();
    }

    void clear() {
        byKey.clear();
    }
}
