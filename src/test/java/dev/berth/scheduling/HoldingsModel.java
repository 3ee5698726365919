package dev.berth.scheduling;

import java.util.Collections;
import java.util.PriorityQueue;

/** What {@link Holdings} promises, for one thread at a time: slots and runs are plain numbers, and time stands still. */
public final class HoldingsModel {
    private final PriorityQueue<Integer> slots = new PriorityQueue<>();
    private int grants;
    private boolean looked; // at the ledger, without which nobody knows whose epoch it is
    private int runFrom;
    private int runTo;

    public void add(int from, int size, int more) {
        Collections.addAll(slots, range(from, size));
        grants += more;
        looked = true;
        runFrom = from == runTo && runTo > 0 ? runFrom : from;
        runTo = from + size;
    }

    public int take(boolean newDevice) {
        if (slots.isEmpty() || (newDevice && (grants == 0 || !looked))) {
            return -1;
        }
        grants -= newDevice ? 1 : 0;
        return slots.remove();
    }

    public void giveBack(int slot, boolean grant) {
        slots.add(slot);
        grants += grant ? 1 : 0;
    }

    public String letGo() {
        int unspent = 0;
        while (runTo > runFrom && slots.remove(runTo - 1)) {
            runTo--;
            unspent++;
        }
        int gone = grants;
        grants = 0;
        return unspent + " slots, " + gone + " grants";
    }

    private static Integer[] range(int from, int size) {
        var range = new Integer[size];
        for (int i = 0; i < size; i++) {
            range[i] = from + i;
        }
        return range;
    }
}
