package dev.berth.simulation;

import java.util.Arrays;

/**
 * What is to happen, in the order of time.
 *
 * <p>A heap of a million events misses the cache at every level, and most events lie minutes ahead, where their order does not matter yet.
 * So this is a calendar: an event of a later day is hung into that day's list, which touches one place in memory, and only the events of
 * today are in a heap, which is small. A day has {@code 2^26} ns, a year {@code 2^14} days (18 min, more than any Retry-After); an event of a
 * later year is passed over when its day comes around. Nothing is allocated for an event. Equal times come in an order that is arbitrary, and
 * the same at each replay.
 */
final class EventQueue {
    private static final int DAY_BITS = 26;
    private static final int DAYS = 1 << 14;
    private static final int NONE = -1;

    private final int[] firstOfDay = new int[DAYS];
    private long[] at = new long[1024];
    private long[] what = new long[1024];
    private int[] next = new int[1024];
    private int unused = NONE;
    private int everUsed;

    private long[] todayAt = new long[1024];
    private long[] todayWhat = new long[1024];
    private int todaySize;
    private long today;
    private int later;

    private long nowAt;
    private long nowWhat;

    EventQueue() {
        Arrays.fill(firstOfDay, NONE);
    }

    /** Adds an event; one that lies before the current one is the next to happen. */
    void add(long nanos, long event) {
        if (nanos >> DAY_BITS <= today) {
            addToday(nanos, event);
        } else {
            addLater(nanos, event);
        }
    }

    /** Moves to the next event; false if there is none. */
    boolean advance() {
        while (todaySize == 0) {
            if (later == 0) {
                return false;
            }
            today++;
            openDay();
        }
        next();
        return true;
    }

    /** Moves to the next event if that is no later; false if it is, or there is none. */
    boolean advanceUpTo(long latest) {
        while (todaySize == 0) {
            if (later == 0 || today >= latest >> DAY_BITS) {
                return false;
            }
            today++;
            openDay();
        }
        if (todayAt[0] > latest) {
            return false;
        }
        next();
        return true;
    }

    private void next() {
        nowAt = todayAt[0];
        nowWhat = todayWhat[0];
        todaySize--;
        sink(todayAt[todaySize], todayWhat[todaySize]);
    }

    /** When the current event happens, in nanoseconds. */
    long at() {
        return nowAt;
    }

    /** The current event, as it was added. */
    long event() {
        return nowWhat;
    }

    private void addLater(long nanos, long event) {
        int node = unused;
        if (node == NONE) {
            node = everUsed++;
            growTo(everUsed);
        } else {
            unused = next[node];
        }
        int day = (int) (nanos >> DAY_BITS) & (DAYS - 1);
        at[node] = nanos;
        what[node] = event;
        next[node] = firstOfDay[day];
        firstOfDay[day] = node;
        later++;
    }

    /** Moves the events of today from their list to the heap, and leaves those of later years in it. */
    private void openDay() {
        int day = (int) today & (DAYS - 1);
        int node = firstOfDay[day];
        firstOfDay[day] = NONE;
        while (node != NONE) {
            int following = next[node];
            if (at[node] >> DAY_BITS == today) {
                addToday(at[node], what[node]);
                next[node] = unused;
                unused = node;
                later--;
            } else {
                next[node] = firstOfDay[day];
                firstOfDay[day] = node;
            }
            node = following;
        }
    }

    private void growTo(int nodes) {
        if (nodes > at.length) {
            at = Arrays.copyOf(at, 2 * at.length);
            what = Arrays.copyOf(what, 2 * what.length);
            next = Arrays.copyOf(next, 2 * next.length);
        }
    }

    private void addToday(long nanos, long event) {
        if (todaySize == todayAt.length) {
            todayAt = Arrays.copyOf(todayAt, 2 * todaySize);
            todayWhat = Arrays.copyOf(todayWhat, 2 * todaySize);
        }
        int hole = todaySize++;
        while (hole > 0 && todayAt[(hole - 1) / 2] > nanos) {
            todayAt[hole] = todayAt[(hole - 1) / 2];
            todayWhat[hole] = todayWhat[(hole - 1) / 2];
            hole = (hole - 1) / 2;
        }
        todayAt[hole] = nanos;
        todayWhat[hole] = event;
    }

    /** Lets the event sink from the root to where it belongs. */
    private void sink(long nanos, long event) {
        int hole = 0;
        for (int child = 1; child < todaySize; child = 2 * hole + 1) {
            if (child + 1 < todaySize && todayAt[child + 1] < todayAt[child]) {
                child++;
            }
            if (todayAt[child] >= nanos) {
                break;
            }
            todayAt[hole] = todayAt[child];
            todayWhat[hole] = todayWhat[child];
            hole = child;
        }
        todayAt[hole] = nanos;
        todayWhat[hole] = event;
    }
}
