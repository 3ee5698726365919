package dev.berth.emulator.instance;

import java.util.Arrays;

/** A ring of instants, oldest first, that grows with the most it ever held at once. */
final class RecentTimes {
    private static final int FIRST_CAPACITY = 8;

    private long[] times = {};
    private int oldest;
    private int size;

    int size() {
        return size;
    }

    void add(long time) {
        if (size == times.length) {
            grow();
        }
        times[(oldest + size) % times.length] = time;
        size++;
    }

    void dropUntil(long time) {
        while (size > 0 && times[oldest] <= time) {
            oldest = (oldest + 1) % times.length;
            size--;
        }
    }

    private void grow() {
        var wider = Arrays.copyOf(times, Math.max(FIRST_CAPACITY, times.length * 2));
        for (int i = 0; i < size; i++) {
            wider[i] = times[(oldest + i) % times.length];
        }
        times = wider;
        oldest = 0;
    }
}
