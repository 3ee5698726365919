package dev.berth.lifecycle;

import java.util.Arrays;

/**
 * Which registration IDs were seen, a million of them in 16 megabytes: a table of their hashes, without the IDs.
 *
 * <p>Two IDs of one 64-bit hash would be taken for one. Among a million IDs that happens in one count of thirty million; what follows is a
 * device that is not missed, and one registration too few in the ledger until the next count. Linear probing, at most half full.
 */
final class SeenIds {
    private static final int SLOTS_MIN = 1 << 10;
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final int max;
    private long[] slots = new long[SLOTS_MIN];
    private int size;
    private long[] recent = new long[SLOTS_MIN];
    private int recentSize;

    /** @param max the most IDs it takes */
    SeenIds(int max) {
        this.max = max;
    }

    /** There are more IDs than one count can hold. */
    static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Full(int max) {
            super("the instance holds more than " + max + " registrations, which is what one count can take");
        }
    }

    /** The same for every spelling of an ID, and in every life of the process: it is stored. */
    static long hash(String registrationId) {
        long hash = FNV_BASIS;
        for (int i = 0; i < registrationId.length(); i++) {
            hash = (hash ^ Character.toLowerCase(registrationId.charAt(i))) * FNV_PRIME;
        }
        hash = mixed(hash);
        return hash == 0 ? 1 : hash; // zero marks a free slot
    }

    /** Whether it was not there yet. */
    boolean add(long hash) {
        int slot = slotOf(hash);
        if (slots[slot] == hash) {
            return false;
        }
        if (size == max) {
            throw new Full(max);
        }
        slots[slot] = hash;
        if (++size > slots.length / 2) {
            grow();
        }
        remember(hash);
        return true;
    }

    boolean contains(long hash) {
        return slots[slotOf(hash)] == hash;
    }

    int size() {
        return size;
    }

    int recent() {
        return recentSize;
    }

    /** What was added since it was saved last; it stays recent until {@link #saved} is called, for saving may fail. */
    long[] recentHashes() {
        return Arrays.copyOf(recent, recentSize);
    }

    void saved() {
        recentSize = 0;
    }

    /** Puts back what was saved in an earlier life. */
    void restore(long[] hashes) {
        for (long hash : hashes) {
            add(hash);
        }
        recentSize = 0;
    }

    private void remember(long hash) {
        if (recentSize == recent.length) {
            recent = Arrays.copyOf(recent, recentSize * 2);
        }
        recent[recentSize++] = hash;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        for (long hash : old) {
            if (hash != 0) {
                slots[slotOf(hash)] = hash;
            }
        }
    }

    private int slotOf(long hash) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0 && slots[slot] != hash) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** The finalizer of MurmurHash3: every bit of the sum moves every bit of the result. */
    private static long mixed(long sum) {
        long mixed = (sum ^ (sum >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
