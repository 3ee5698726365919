package dev.berth.forecast;

import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.Pool;
import dev.berth.inventory.Pools;
import dev.berth.inventory.Versioned;
import dev.berth.scheduling.InstanceOutlook;
import dev.berth.scheduling.Outlook;
import dev.berth.scheduling.QueueKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Forecasts for instances and pools, worked out when somebody asks: three reads for each instance and one for each pool, and no write.
 * Every method may throw {@link dev.berth.inventory.RepositoryUnavailableException}.
 */
public final class Forecasts {
    private final Pools pools;
    private final Outlook outlook;
    private final RegistrationHistories histories;
    private final InstantSource clock;

    public Forecasts(Pools pools, Outlook outlook, RegistrationHistories histories, InstantSource clock) {
        this.pools = pools;
        this.outlook = outlook;
        this.histories = histories;
        this.clock = clock;
    }

    /** An instance as the store shows it. */
    private record Seen(InstanceOutlook outlook, RegistrationHistory history, long knownDevicesWaiting) {

        /** Its next slots go to its known devices that wait. One that is not active takes no new devices. */
        Intake.Lane lane() {
            var spacing = outlook.spacing();
            Instant until = outlook.unavailableUntil();
            Instant next = until != null && until.isAfter(outlook.nextSlot()) ? until : outlook.nextSlot();
            return new Intake.Lane(
                    spacing.after(next, knownDevicesWaiting),
                    spacing,
                    outlook.instance().state() == DpsInstance.State.ACTIVE ? outlook.remaining() : 0);
        }
    }

    /** How {@code instance} is used, and how long {@code devices} more would take there. */
    public InstanceForecast of(DpsInstance instance, long devices) {
        Instant now = clock.instant();
        var seen = look(instance, now);
        return new InstanceForecast(
                instance, now, use(List.of(seen), now), Intake.of(devices, 0, List.of(seen.lane())));
    }

    /** The same for the pool of each of these trust anchors of {@code tenant}. */
    public List<PoolForecast> of(TenantId tenant, List<String> trustAnchors, long devices) {
        Instant now = clock.instant();
        Map<DpsInstance, Seen> looked = new HashMap<>();
        return trustAnchors.stream()
                .map(anchor -> pools.snapshot().poolFor(tenant, anchor))
                .map(pool -> of(pool, devices, looked, now))
                .toList();
    }

    private PoolForecast of(Pool pool, long devices, Map<DpsInstance, Seen> looked, Instant now) {
        var queue = QueueKey.ofPool(pool.owner(), pool.owner(), pool.trustAnchor(), pool.geography());
        long waiting = outlook.of(queue).waiting();
        var seen = pool.instances().stream()
                .map(instance -> looked.computeIfAbsent(instance, unseen -> look(unseen, now)))
                .toList();
        var lanes = seen.stream().map(Seen::lane).toList();
        return new PoolForecast(pool, now, waiting, use(seen, now), Intake.of(devices, waiting, lanes));
    }

    private Seen look(DpsInstance instance, Instant now) {
        var history =
                histories.find(instance.id()).map(Versioned::value).orElseGet(() -> RegistrationHistory.beginning(now));
        return new Seen(outlook.of(instance), history, outlook.knownDevicesWaiting(instance));
    }

    private static Use use(List<Seen> seen, Instant now) {
        long used = seen.stream().mapToLong(one -> one.outlook().committed()).sum();
        long max = seen.stream()
                .mapToLong(one -> one.outlook().instance().limits().registrationsMax())
                .sum();
        var history =
                RegistrationHistory.together(seen.stream().map(Seen::history).toList(), now);
        return Use.of(used, max, history, now);
    }
}
