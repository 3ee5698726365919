package dev.berth.api.admin;

import dev.berth.identity.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One role of a caller.
 *
 * @param tenant where it holds; null for {@link Role#PLATFORM_ADMIN} only, who needs none
 */
record Grant(Role role, @Nullable TenantId tenant) {
    static final Grant PLATFORM_ADMIN = new Grant(Role.PLATFORM_ADMIN, null);

    Grant {
        if ((role == Role.PLATFORM_ADMIN) != (tenant == null)) {
            throw new IllegalArgumentException("a role holds in one tenant, or is platform-admin");
        }
    }

    /** The grant that {@code role} means in {@code tenant}, or empty if there is no such role there. */
    static Optional<Grant> parse(String role, Optional<TenantId> tenant) {
        return Role.parse(role).flatMap(found -> of(found, tenant));
    }

    private static Optional<Grant> of(Role role, Optional<TenantId> tenant) {
        return role == Role.PLATFORM_ADMIN ? Optional.of(PLATFORM_ADMIN) : tenant.map(id -> new Grant(role, id));
    }

    boolean holdsIn(@Nullable TenantId other) {
        return tenant == null || tenant.equals(other);
    }
}
