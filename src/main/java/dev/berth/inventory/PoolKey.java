package dev.berth.inventory;

import dev.berth.identity.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Names a pool for as long as its tenant, anchor and geography stay: instances come and go in it.
 *
 * @param owner the tenant whose instances are in it
 * @param origin the tenant of the trust anchor
 */
public record PoolKey(
        TenantId owner,
        TenantId origin,
        String trustAnchor,
        @Nullable String geography) {
    /** {@code owner/origin/anchor/geography}; the last is {@code *} for any. */
    @Override
    public String toString() {
        return owner + "/" + origin + "/" + trustAnchor + "/" + (geography == null ? "*" : geography);
    }
}
