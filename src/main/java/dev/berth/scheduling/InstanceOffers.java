package dev.berth.scheduling;

import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the instances offer that devices asked for at this replica. */
record InstanceOffers(
        Map<DpsInstanceId, InstanceTimeline> timelines,
        InstanceHealth health,
        SchedulingSettings settings,
        InstantSource clock)
        implements Offers {

    @Override
    public Optional<PoolRate> of(DpsInstanceId id, WorkClass workClass) {
        return known(id).map(instance -> offer(instance, workClass));
    }

    @Override
    public boolean knows(DpsInstanceId id) {
        return known(id).isPresent();
    }

    @Override
    public boolean hasReserve(DpsInstanceId id) {
        return known(id).map(this::slots).filter(PoolRate::hasReserve).isPresent();
    }

    private Optional<DpsInstance> known(DpsInstanceId id) {
        return Optional.ofNullable(timelines.get(id)).map(InstanceTimeline::known);
    }

    private PoolRate offer(DpsInstance instance, WorkClass workClass) {
        PoolRate slots = slots(instance); // looks at the ledger, so that the standing is no older than a moment
        Standing standing = timeline(instance).standing(instance.limits());
        if (!isOpen(instance, standing, workClass)) {
            return PoolRate.NOTHING;
        }
        return takesCapacity(workClass) ? slots.atMost(new Candidate(instance, standing).remaining()) : slots;
    }

    private PoolRate slots(DpsInstance instance) {
        return PoolRate.of(
                SlotSpacing.of(instance.limits()).perSecond(),
                timeline(instance).freeSlots(instance.limits()),
                settings.reserve());
    }

    private InstanceTimeline timeline(DpsInstance instance) {
        return Objects.requireNonNull(timelines.get(instance.id()), "asked for at this replica");
    }

    private boolean isOpen(DpsInstance instance, Standing standing, WorkClass workClass) {
        return !standing.availableAfter(health.availableAt(instance.id())).isAfter(clock.instant())
                && !(takesCapacity(workClass) && standing.full());
    }

    /** Only devices that are new to an instance need room in it. */
    private static boolean takesCapacity(WorkClass workClass) {
        return workClass == WorkClass.FIRST_BOOT;
    }
}
