package dev.berth.scheduling;

import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the instances offer that devices asked for at this replica. */
record InstanceOffers(
        Map<DpsInstanceId, DpsInstance> instances,
        Function<DpsInstanceId, InstanceTimeline> timelines,
        InstanceHealth health,
        InstantSource clock)
        implements Offers {

    @Override
    public Optional<PoolRate> of(DpsInstanceId id, WorkClass workClass) {
        return Optional.ofNullable(instances.get(id)).map(instance -> offer(instance, workClass));
    }

    @Override
    public boolean knows(DpsInstanceId id) {
        return instances.containsKey(id);
    }

    @Override
    public boolean hasReserve(DpsInstanceId id) {
        @Nullable DpsInstance instance = instances.get(id);
        return instance != null && slots(instance).hasReserve();
    }

    private PoolRate offer(DpsInstance instance, WorkClass workClass) {
        PoolRate slots = slots(instance); // looks at the ledger, so that the standing is no older than a moment
        Standing standing = standing(instance);
        if (!isOpen(instance, standing, workClass)) {
            return PoolRate.NOTHING;
        }
        return takesCapacity(workClass) ? slots.atMost(new Candidate(instance, standing).remaining()) : slots;
    }

    private PoolRate slots(DpsInstance instance) {
        return new PoolRate(
                SlotSpacing.of(instance.limits()).perSecond(),
                timelines.apply(instance.id()).freeSlots(instance.limits()));
    }

    private boolean isOpen(DpsInstance instance, Standing standing, WorkClass workClass) {
        return !standing.availableAfter(health.availableAt(instance.id())).isAfter(clock.instant())
                && !(takesCapacity(workClass) && standing.full());
    }

    private Standing standing(DpsInstance instance) {
        return timelines.apply(instance.id()).standing(instance.limits());
    }

    /** Only devices that are new to an instance need room in it. */
    private static boolean takesCapacity(WorkClass workClass) {
        return workClass == WorkClass.FIRST_BOOT;
    }
}
