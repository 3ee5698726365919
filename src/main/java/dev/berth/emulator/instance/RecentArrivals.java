package dev.berth.emulator.instance;

import java.util.ArrayDeque;
import java.util.List;

/** The newest register requests, oldest first; forgets older ones. */
final class RecentArrivals {
    static final int ARRIVALS_MAX = 4_000;

    private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();

    void add(Arrival arrival) {
        if (arrivals.size() == ARRIVALS_MAX) {
            arrivals.removeFirst();
        }
        arrivals.addLast(arrival);
    }

    List<Arrival> newest(int limit) {
        return arrivals.stream().skip(Math.max(0, arrivals.size() - limit)).toList();
    }

    void clear() {
        arrivals.clear();
    }
}
