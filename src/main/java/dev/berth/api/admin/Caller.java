package dev.berth.api.admin;

import dev.berth.identity.TenantId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Somebody who has said who it is, by a certificate or a token, and what that lets it do. */
record Caller(String name, Set<Grant> grants) {
    Caller {
        grants = Set.copyOf(grants);
    }

    /** Whether one of {@code roles} is the caller's in {@code tenant} (null: above all tenants). */
    boolean hasOneOf(Set<String> roles, @Nullable TenantId tenant) {
        return grants.stream()
                .anyMatch(grant ->
                        grant.holdsIn(tenant) && roles.contains(grant.role().wireName()));
    }
}
