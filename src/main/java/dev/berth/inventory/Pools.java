package dev.berth.inventory;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The newest snapshot of the inventory. Reading it costs nothing and never waits; the store is read by {@link #refresh} after every
 * write of this replica, and by {@link #refreshIfDue} for those of the others. A failed refresh leaves the last snapshot.
 */
public final class Pools {
    public static final Duration REFRESH_EVERY = Duration.ofSeconds(3);

    private final Catalogs catalogs;
    private final @Nullable String region;
    private volatile InventorySnapshot snapshot = InventorySnapshot.EMPTY;
    private volatile Instant refreshedAt = Instant.MIN;

    public Pools(Catalogs catalogs) {
        this(catalogs, null);
    }

    /** @param region whose pools these are, or null where all instances are leased from everywhere */
    public Pools(Catalogs catalogs, @Nullable String region) {
        this.catalogs = catalogs;
        this.region = region;
    }

    public InventorySnapshot snapshot() {
        return snapshot;
    }

    /** When the snapshot was taken; {@link Instant#MIN} before the first. */
    public Instant refreshedAt() {
        return refreshedAt;
    }

    /** Takes a new snapshot if the last one is {@link #REFRESH_EVERY} old. */
    public void refreshIfDue(Instant now) {
        if (refreshedAt.equals(Instant.MIN) || !now.isBefore(refreshedAt.plus(REFRESH_EVERY))) {
            refresh(now);
        }
    }

    /** Takes a new snapshot, one caller at a time, so that a later call never ends with an earlier state. */
    public synchronized void refresh(Instant now) {
        snapshot = InventorySnapshot.of(
                Pages.all(catalogs.tenants()),
                Pages.all(catalogs.dpsInstances()),
                Pages.all(catalogs.trustAnchors()),
                Pages.all(catalogs.enrollmentGroups()),
                Pages.all(catalogs.enrollmentStandings()),
                region);
        refreshedAt = now;
    }
}
