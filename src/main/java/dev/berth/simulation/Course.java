package dev.berth.simulation;

import java.util.Arrays;

/** What happened in each second of a simulation. */
public final class Course {
    private final Counts asked = new Counts();
    private final Counts told = new Counts();
    private final Counts[] registered;

    Course(int instances) {
        registered = new Counts[instances];
        Arrays.setAll(registered, i -> new Counts());
    }

    /** A device asked for the first time. */
    void asked(long nanos) {
        asked.add(nanos);
    }

    /** A device was told a slot for the first time. */
    void told(long nanos) {
        told.add(nanos);
    }

    void registered(int instance, long nanos) {
        registered[instance].add(nanos);
    }

    int instances() {
        return registered.length;
    }

    /** How many seconds there are. */
    int seconds() {
        int longest = Math.max(asked.seconds(), told.seconds());
        for (Counts counts : registered) {
            longest = Math.max(longest, counts.seconds());
        }
        return longest;
    }

    long asked(int fromSecond, int toSecond) {
        return asked.sum(fromSecond, toSecond);
    }

    long told(int fromSecond, int toSecond) {
        return told.sum(fromSecond, toSecond);
    }

    long registered(int instance, int fromSecond, int toSecond) {
        return registered[instance].sum(fromSecond, toSecond);
    }

    /** How often something happened in each second. */
    private static final class Counts {
        private static final long SECOND_NANOS = 1_000_000_000L;
        private int[] counts = new int[64];
        private int seconds;

        void add(long nanos) {
            int second = (int) (nanos / SECOND_NANOS);
            if (second >= counts.length) {
                counts = Arrays.copyOf(counts, Math.max(second + 1, 2 * counts.length));
            }
            seconds = Math.max(seconds, second + 1);
            counts[second]++;
        }

        int seconds() {
            return seconds;
        }

        long sum(int from, int to) {
            long sum = 0;
            for (int second = Math.max(0, from); second < Math.min(to, seconds); second++) {
                sum += counts[second];
            }
            return sum;
        }
    }
}
