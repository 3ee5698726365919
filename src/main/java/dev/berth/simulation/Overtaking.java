package dev.berth.simulation;

import java.util.Arrays;

/**
 * How many devices that were told later got an earlier slot of one instance. The most overtaken device is always one that was told a later
 * slot than all before it, so only those are kept.
 */
final class Overtaking {
    private long[] slots = new long[64];
    private int[] overtaken = new int[64];
    private int size;

    /** Adds the slot that is told next; how often the most overtaken of those whom it overtakes has been overtaken now. */
    int add(long slot) {
        int most = 0;
        for (int i = size - 1; i >= 0 && slots[i] > slot; i--) {
            most = Math.max(most, ++overtaken[i]);
        }
        if (size == 0 || slot >= slots[size - 1]) {
            push(slot);
        }
        return most;
    }

    private void push(long slot) {
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, 2 * size);
            overtaken = Arrays.copyOf(overtaken, 2 * size);
        }
        slots[size] = slot;
        overtaken[size] = 0;
        size++;
    }
}
