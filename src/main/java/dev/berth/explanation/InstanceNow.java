package dev.berth.explanation;

import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.PoolMembership;
import dev.berth.scheduling.InstanceOutlook;

/** An instance as it stands now: to the device's pool, and by itself. */
public record InstanceNow(PoolMembership membership, InstanceOutlook outlook) {
    public DpsInstance instance() {
        return membership.instance();
    }

    public String name() {
        return instance().id().name();
    }

    public boolean isMember() {
        return membership.isMember();
    }
}
