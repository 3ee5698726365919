package dev.berth.inventory;

import dev.berth.identity.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The resources of one kind, as administrators see and change them. */
public final class Register<T> {
    private final Catalog<T> catalog;
    private final Rules<T> rules;
    private final Runnable changed;

    /** {@code changed} runs after every write. */
    Register(Catalog<T> catalog, Rules<T> rules, Runnable changed) {
        this.catalog = catalog;
        this.rules = rules;
        this.changed = changed;
    }

    public Optional<Versioned<T>> find(TenantId tenant, String name) {
        return catalog.find(tenant, name);
    }

    public Catalog.Listing<T> list(TenantId tenant, int limit, @Nullable String cursor) {
        return catalog.list(tenant, limit, cursor);
    }

    public Catalog.Listing<T> listAll(int limit, @Nullable String cursor) {
        return catalog.listAll(limit, cursor);
    }

    public Change<T> create(T value) {
        if (find(value).isPresent()) {
            return new Change.Exists<>();
        }
        T prepared = rules.prepared(value, null);
        return rules.beforeWrite(prepared, null).orElseGet(() -> switch (catalog.insert(prepared)) {
            case Catalog.Outcome.Written(var version) -> done(prepared, version);
            case Catalog.Outcome.Conflict() -> new Change.Exists<>();
        });
    }

    public Change<T> replace(T value, String expectedVersion) {
        var previous = find(value);
        if (previous.isEmpty()) {
            return missing(rules.name(value));
        }
        if (!previous.get().version().equals(expectedVersion)) {
            return new Change.Stale<>();
        }
        T before = previous.get().value();
        T prepared = rules.prepared(value, before);
        return rules.beforeWrite(prepared, before).orElseGet(() -> written(prepared, before, expectedVersion));
    }

    /** Deletes the resource; whatever its version if {@code expectedVersion} is null. */
    public Change<T> delete(TenantId tenant, String name, @Nullable String expectedVersion) {
        var found = catalog.find(tenant, name);
        if (found.isEmpty()) {
            return missing(name);
        }
        if (expectedVersion != null && !expectedVersion.equals(found.get().version())) {
            return new Change.Stale<>();
        }
        return rules.beforeDelete(found.get().value()).orElseGet(() -> deleted(tenant, name, found.get()));
    }

    private Change<T> written(T value, T before, String expectedVersion) {
        return switch (catalog.replace(value, expectedVersion)) {
            case Catalog.Outcome.Written(var version) -> {
                rules.afterwards(before, value);
                yield done(value, version);
            }
            case Catalog.Outcome.Conflict() -> new Change.Stale<>();
        };
    }

    private Change<T> deleted(TenantId tenant, String name, Versioned<T> found) {
        return switch (catalog.delete(tenant, name, found.version())) {
            case Catalog.Outcome.Written(var version) -> {
                rules.afterwards(found.value(), null);
                yield done(found.value(), version);
            }
            case Catalog.Outcome.Conflict() -> new Change.Stale<>();
        };
    }

    private Optional<Versioned<T>> find(T value) {
        return catalog.find(rules.tenant(value), rules.name(value));
    }

    private Change<T> done(T value, String version) {
        changed.run();
        return new Change.Done<>(new Versioned<>(value, version));
    }

    private static <T> Change<T> missing(String name) {
        return new Change.Missing<>("there is no " + name);
    }
}
