package dev.berth.explanation;

import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.InventorySnapshot;
import dev.berth.inventory.PoolMembership;
import dev.berth.inventory.Pools;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DeviceState;
import dev.berth.region.LostClaim;
import dev.berth.region.LostClaims;
import dev.berth.scheduling.InstanceOutlook;
import dev.berth.scheduling.Outlook;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.QueueOutlook;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.scheduling.Ticket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says why a device is where it is. What was decided is kept with the device; all else is looked up when somebody asks, one read for each
 * instance and queue, and nothing is written.
 */
public final class Explainer {
    private final Pools pools;
    private final Outlook outlook;
    private final LostClaims disputes;
    private final SchedulingSettings settings;
    private final InstantSource clock;

    /** Where Berth runs in one region, and so nothing is disputed. */
    public Explainer(Pools pools, Outlook outlook, SchedulingSettings settings, InstantSource clock) {
        this(pools, outlook, LostClaims.NONE, settings, clock);
    }

    public Explainer(
            Pools pools, Outlook outlook, LostClaims disputes, SchedulingSettings settings, InstantSource clock) {
        this.pools = pools;
        this.outlook = outlook;
        this.disputes = disputes;
        this.settings = settings;
        this.clock = clock;
    }

    /** May throw {@link dev.berth.inventory.RepositoryUnavailableException}. */
    public Explanation explain(Device device) {
        var inventory = pools.snapshot();
        var pool = pool(device, inventory);
        @Nullable InstanceOutlook own = device.assignment()
                .map(Assignment::instance)
                .flatMap(instance -> own(instance, pool, inventory))
                .orElse(null);
        @Nullable Place place = place(device, own, pool);
        boolean atHome = own == null || inventory.isAtHome(own.instance());
        var now = new Circumstances(device, clock.instant(), settings, own, atHome, place, pool, settled(device));
        return new Explanation(
                device,
                now.now(),
                Prospect.of(now),
                own,
                place,
                pool,
                now.disputes(),
                Reasons.of(now),
                Changes.of(now));
    }

    private List<LostClaim> settled(Device device) {
        return disputes.of(device.origin(), device.registrationId()).stream()
                .sorted(Comparator.comparing(LostClaim::at).reversed())
                .limit(Explanation.DISPUTES_MAX)
                .toList();
    }

    private PoolNow pool(Device device, InventorySnapshot inventory) {
        var pool = inventory.poolFor(device.owner(), device.trustAnchor());
        var instances = inventory.memberships(device.owner(), device.trustAnchor()).stream()
                .sorted(Comparator.comparing(membership -> !membership.isMember()))
                .limit(PoolNow.INSTANCES_MAX)
                .map(this::now)
                .toList();
        return new PoolNow(
                pool.trustAnchor(),
                pool.geography(),
                pool.emptyReason(),
                pool.instances().size(),
                instances);
    }

    private InstanceNow now(PoolMembership membership) {
        return new InstanceNow(membership, outlook.of(membership.instance()));
    }

    private Optional<InstanceOutlook> own(DpsInstanceId id, PoolNow pool, InventorySnapshot inventory) {
        return pool.instances().stream()
                .map(InstanceNow::outlook)
                .filter(seen -> seen.instance().id().equals(id))
                .findFirst()
                .or(() -> inventory.dpsInstance(id).map(outlook::of));
    }

    private @Nullable Place place(Device device, @Nullable InstanceOutlook own, PoolNow pool) {
        return switch (device.state()) {
            case DeviceState.Waiting(Ticket ticket) -> inPool(device, ticket, pool);
            case DeviceState.Requeued(var _, Ticket ticket) -> place(ticket, outlook.of(ticket.queue(), movedBy(own)));
            case DeviceState.Told _, DeviceState.Registered _, DeviceState.Failed _ -> null;
        };
    }

    private static List<InstanceOutlook> movedBy(@Nullable InstanceOutlook own) {
        return own == null || own.unavailableUntil() != null ? List.of() : List.of(own);
    }

    /** A ticket of another pool than the device's is void; it will get the next one of the pool it is in now. */
    private Place inPool(Device device, Ticket ticket, PoolNow pool) {
        var key = QueueKey.ofPool(device.owner(), device.origin(), device.trustAnchor(), pool.geography());
        var queue =
                outlook.of(key, pool.open().stream().map(InstanceNow::outlook).toList());
        var valid = ticket.queue().equals(key)
                ? ticket
                : new Ticket(key, queue.state().ticketsGiven());
        return place(valid, queue);
    }

    private static Place place(Ticket ticket, QueueOutlook queue) {
        long waiting = queue.state().waiting();
        boolean admitted = queue.state().admits(ticket) || waiting == 0;
        long ahead = queue.state().ahead(ticket);
        var estimate = estimate(admitted, ahead, queue.admittedPerSecond());
        return new Place(ticket, ahead, waiting, queue.share(), queue.others(), admitted, estimate);
    }

    private static @Nullable Duration estimate(boolean admitted, long ahead, double perSecond) {
        if (admitted) {
            return Duration.ZERO;
        }
        return perSecond == 0 ? null : Duration.ofMillis((long) (1_000 * (ahead + 1) / perSecond));
    }
}
