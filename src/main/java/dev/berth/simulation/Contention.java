package dev.berth.simulation;

import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.WorkClass;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Whether tenants are served by their weights: what the new devices of each are told while those of all of them wait. */
final class Contention {
    private final Tenants tenants;
    private final Map<QueueKey, Long> waiting = new HashMap<>();
    private final long[] waitingOf;
    private final long[] told;
    private int tenantsThatWait;

    Contention(Tenants tenants) {
        this.tenants = tenants;
        this.waitingOf = new long[tenants.count()];
        this.told = new long[tenants.count()];
    }

    /** So many tickets of a queue have not had their turn yet. */
    void queued(QueueKey queue, long tickets) {
        if (queue.workClass() != WorkClass.FIRST_BOOT) {
            return;
        }
        int tenant = tenants.numberOf(queue.tenant());
        long before = waitingOf[tenant];
        Long old = waiting.put(queue, tickets);
        waitingOf[tenant] += tickets - (old == null ? 0 : old);
        tenantsThatWait += Long.signum(waitingOf[tenant]) - Long.signum(before);
    }

    /** A new device was told its first slot. */
    void told(int device) {
        if (tenantsThatWait == told.length) {
            told[tenants.of(device)]++;
        }
    }

    /** Slots that were told to a tenant while all waited. */
    long toldTo(int tenant) {
        return told[tenant];
    }

    /** How evenly: 1 if each was told as many for its weight as the others, or never all waited. */
    double jain() {
        var byWeight = new double[told.length];
        Arrays.setAll(
                byWeight,
                tenant -> (double) told[tenant] / tenants.tenancy(tenant).weight());
        return Jain.index(byWeight);
    }
}
