package dev.berth.simulation;

/** Numbers that are added at one end and taken at the other, without boxes. */
final class LongDeque {
    private long[] ring = new long[16];
    private int first;
    private int size;

    int size() {
        return size;
    }

    void add(long value) {
        if (size == ring.length) {
            grow();
        }
        ring[(first + size++) & (ring.length - 1)] = value;
    }

    /** Takes away all numbers at the front that are at most {@code bound}. */
    void removeUpTo(long bound) {
        while (size > 0 && ring[first] <= bound) {
            first = (first + 1) & (ring.length - 1);
            size--;
        }
    }

    private void grow() {
        var larger = new long[2 * ring.length];
        for (int i = 0; i < size; i++) {
            larger[i] = ring[(first + i) & (ring.length - 1)];
        }
        ring = larger;
        first = 0;
    }
}
