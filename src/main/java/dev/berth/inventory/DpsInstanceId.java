package dev.berth.inventory;

import dev.berth.identity.Name;
import dev.berth.identity.TenantId;

/** Names one DPS instance among those of all tenants. */
public record DpsInstanceId(TenantId tenant, String name) implements Comparable<DpsInstanceId> {
    public DpsInstanceId {
        Name.require(name);
    }

    /** The inverse of {@link #toString}. */
    public static DpsInstanceId parse(String text) {
        int slash = text.indexOf('/');
        return new DpsInstanceId(new TenantId(text.substring(0, slash)), text.substring(slash + 1));
    }

    @Override
    public int compareTo(DpsInstanceId other) {
        int byTenant = tenant.compareTo(other.tenant);
        return byTenant != 0 ? byTenant : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return tenant + "/" + name;
    }
}
