package dev.berth.emulator.instance;

import java.time.Duration;

/** Counts within periods that start at multiples of their length. */
final class FixedWindow implements RateWindow {
    private final int limit;
    private final long period;
    private long current = -1;
    private int taken;

    FixedWindow(int limit, Duration period) {
        this.limit = limit;
        this.period = period.toNanos();
    }

    @Override
    public boolean tryAcquire(long now) {
        long window = Math.floorDiv(now, period);
        if (window != current) {
            current = window;
            taken = 0;
        }
        if (taken >= limit) {
            return false;
        }
        taken++;
        return true;
    }
}
