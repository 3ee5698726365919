package dev.berth.sandbox;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Where the devices of a fleet are; counted while they run. */
final class FleetCounts {
    private static final int PROBLEMS_MAX = 10;

    final AtomicInteger assigned = new AtomicInteger();
    final AtomicInteger registered = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    final AtomicInteger asleep = new AtomicInteger();
    private final ConcurrentMap<String, LongAdder> problems = new ConcurrentHashMap<>();

    /** Notes why something failed; only the first few kinds are kept. */
    void problem(String what) {
        if (problems.size() < PROBLEMS_MAX || problems.containsKey(what)) {
            problems.computeIfAbsent(what, key -> new LongAdder()).increment();
        }
    }

    /** What failed, and how often. */
    ConcurrentMap<String, LongAdder> problems() {
        return problems;
    }
}
