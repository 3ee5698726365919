package dev.berth.emulator.instance;

import java.time.Duration;

/** Exact: remembers the instant of each event it let through, so never more than its limit of them. */
final class SlidingWindow implements RateWindow {
    private final int limit;
    private final long period;
    private final RecentTimes accepted = new RecentTimes();

    SlidingWindow(int limit, Duration period) {
        this.limit = limit;
        this.period = period.toNanos();
    }

    @Override
    public boolean tryAcquire(long now) {
        accepted.dropUntil(now - period);
        if (accepted.size() >= limit) {
            return false;
        }
        accepted.add(now);
        return true;
    }
}
