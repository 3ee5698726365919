package dev.berth.inventory;

import dev.berth.identity.TenantId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stored resources of one kind, each named within its tenant (a tenant itself by its own name).
 *
 * <p>Each write is atomic for its one resource and durable when the call returns. A fault of the store is an exception of the adapter;
 * the outcome of the write is then unknown. Lists are ordered by tenant and name, and leave out, with a log line, what cannot be read.
 */
public interface Catalog<T> {
    int LIST_MAX = 1_000;

    Optional<Versioned<T>> find(TenantId tenant, String name);

    /** Writes a resource that must not exist yet. */
    Outcome insert(T value);

    /** Replaces the resource of the same name if its version is still {@code expectedVersion}. */
    Outcome replace(T value, String expectedVersion);

    /** Deletes the resource if its version is still {@code expectedVersion}. */
    Outcome delete(TenantId tenant, String name, String expectedVersion);

    /** At most {@code limit} (to {@link #LIST_MAX}) resources of the tenant, from {@code cursor} on (null: from the first). */
    Listing<T> list(TenantId tenant, int limit, @Nullable String cursor);

    /** The same of all tenants together. */
    Listing<T> listAll(int limit, @Nullable String cursor);

    /** How a conditional write ended. */
    sealed interface Outcome {
        /** The write is durable; {@code version} is the resource's new version. */
        record Written(String version) implements Outcome {}

        /** The resource exists, is missing, or has another version. Nothing was written. */
        record Conflict() implements Outcome {}
    }

    /** Some resources, and the opaque cursor that the next call continues from (null: there are no more). */
    record Listing<T>(List<Versioned<T>> values, @Nullable String cursor) {
        public Listing {
            values = List.copyOf(values);
        }
    }
}
