package dev.berth.inventory;

import dev.berth.identity.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whole lists, read page by page. */
final class Pages {
    private Pages() {}

    static <T> List<T> all(Catalog<T> catalog) {
        return read(cursor -> catalog.listAll(Catalog.LIST_MAX, cursor));
    }

    static <T> List<T> all(Catalog<T> catalog, TenantId tenant) {
        return read(cursor -> catalog.list(tenant, Catalog.LIST_MAX, cursor));
    }

    static <T> boolean any(Catalog<T> catalog, TenantId tenant, Predicate<T> predicate) {
        return all(catalog, tenant).stream().anyMatch(predicate);
    }

    private static <T> List<T> read(Function<@Nullable String, Catalog.Listing<T>> pages) {
        var result = new ArrayList<T>();
        @Nullable String cursor = null;
        do {
            var page = pages.apply(cursor);
            page.values().forEach(versioned -> result.add(versioned.value()));
            cursor = page.cursor();
        } while (cursor != null);
        return result;
    }
}
