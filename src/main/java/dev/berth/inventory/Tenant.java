package dev.berth.inventory;

import dev.berth.identity.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A tenant and its policies.
 *
 * @param geography the only geography its devices may be provisioned in, or null for any
 */
public record Tenant(
        TenantId id, String displayName, @Nullable String geography) {
    public static final int TEXT_MAX = 128;

    public Tenant {
        new InvalidValueException.Check()
                .text(displayName, TEXT_MAX, "/displayName")
                .text(geography, TEXT_MAX, "/geography")
                .orThrow();
    }
}
