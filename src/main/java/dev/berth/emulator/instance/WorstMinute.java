package dev.berth.emulator.instance;

import java.time.Duration;

/**
 * The most events that any sliding minute has held. It keeps the last minute only, which its caller's window bounds: a
 * fixed window or a bucket lets at most twice its limit into a sliding minute.
 */
final class WorstMinute {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final RecentTimes lastMinute = new RecentTimes();
    private int worst;

    void add(long now) {
        lastMinute.dropUntil(now - MINUTE);
        lastMinute.add(now);
        worst = Math.max(worst, lastMinute.size());
    }

    int current(long now) {
        lastMinute.dropUntil(now - MINUTE);
        return lastMinute.size();
    }

    void atLeast(int former) {
        worst = Math.max(worst, former);
    }

    int worst() {
        return worst;
    }
}
