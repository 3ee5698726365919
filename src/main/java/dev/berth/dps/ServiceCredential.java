package dev.berth.dps;

import dev.berth.identity.TenantId;

/** The two connection strings of one DPS instance, of which one stays good while the other is renewed; for the instances of one tenant. */
public record ServiceCredential(TenantId tenant, Secret primary, Secret secondary) {
    /** Which of the two. */
    public enum Slot {
        PRIMARY,
        SECONDARY
    }

    Secret secret(Slot slot) {
        return switch (slot) {
            case PRIMARY -> primary;
            case SECONDARY -> secondary;
        };
    }
}
