package dev.berth.forecast;

import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the devices that this replica gives to instances, and adds them to the shared histories.
 *
 * <p>To write each one down would be a write for every registration, for a number that nobody needs to the unit. So they are counted in
 * memory, and written once in {@link #WRITE_EVERY} for each instance that got any: 12 writes an hour for an instance and a replica under
 * load, whatever the load, and none without. A crash forgets what was counted since the last write; capacity, which must be exact, is the
 * ledger's. What may have been written already is not written again.
 */
public final class RegistrationMeter {
    public static final Duration WRITE_EVERY = Duration.ofMinutes(5);

    private static final int ATTEMPTS_MAX = 16;

    private final RegistrationHistories histories;
    private final InstantSource clock;
    private final Map<DpsInstanceId, Pending> pending = new ConcurrentHashMap<>();

    public RegistrationMeter(RegistrationHistories histories, InstantSource clock) {
        this.histories = histories;
        this.clock = clock;
    }

    /** A new device of {@code owner} was bound to {@code instance}; cheap, never throws. */
    public void note(TenantId owner, DpsInstanceId instance) {
        Instant now = clock.instant();
        pending.computeIfAbsent(instance, _ -> new Pending()).add(owner.value(), Granted.hourOf(now), 1, now);
    }

    /** Writes what is due; call it every few seconds. What the store cannot take now is tried again later. */
    public void writeDue() {
        Instant now = clock.instant();
        pending.forEach((instance, counted) -> {
            if (counted.isDue(now, WRITE_EVERY)) {
                write(instance, counted);
            }
        });
    }

    /** Writes all that was counted, before a stop. */
    public void writeAll() {
        pending.forEach(this::write);
    }

    private void write(DpsInstanceId instance, Pending counted) {
        var taken = counted.take();
        boolean settled = taken.isEmpty();
        try {
            for (int attempt = 0; !settled && attempt < ATTEMPTS_MAX; attempt++) {
                settled = add(instance, taken);
            }
        } catch (RepositoryUnavailableException outage) {
            settled = outage.outcomeUnknown();
        } finally {
            if (!settled) {
                counted.restore(taken, clock.instant());
            }
        }
    }

    private boolean add(DpsInstanceId instance, Map<Pending.Key, Long> counts) {
        Instant now = clock.instant();
        var read = histories.find(instance);
        var history = read.map(Versioned::value).orElseGet(() -> RegistrationHistory.beginning(now.minus(WRITE_EVERY)));
        for (var count : counts.entrySet()) {
            history = history.plus(count.getKey().owner(), count.getKey().hour(), count.getValue());
        }
        @Nullable String version = read.map(Versioned::version).orElse(null);
        return histories.swap(instance, version, history.upTo(now)).isPresent();
    }
}
