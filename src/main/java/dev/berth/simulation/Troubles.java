package dev.berth.simulation;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Lets the disturbances of a plan begin and end. */
final class Troubles {
    /** Berth learns of an outage by what devices report, after this. */
    private static final Duration NOTICED_AFTER = Duration.ofSeconds(5);

    private final World world;
    private final List<Disturbance> all;
    private final Duration sleepersWakeAfter;

    /** Which other limits hold in the inventory, and which may still be felt by DPS. */
    private final BitSet inForce = new BitSet();

    private final BitSet felt = new BitSet();

    Troubles(World world) {
        this.world = world;
        this.all = world.plan.hardship().disturbances();
        this.sleepersWakeAfter = world.plan
                .spread()
                .settings()
                .horizon()
                .plus(world.plan.spread().arrivalSpread())
                .plus(Duration.ofMinutes(1));
    }

    int count() {
        return all.size();
    }

    long beginsAt(int number) {
        return all.get(number).at().toNanos();
    }

    /** Lets it begin; how long until {@link #end}, in nanoseconds. */
    long begin(int number) {
        Disturbance disturbance = all.get(number);
        long lasts = disturbance.lasts().toNanos();
        return switch (disturbance) {
            case Disturbance.Crash crash -> {
                replica(crash.replica()).stop();
                yield lasts;
            }
            case Disturbance.Pause pause -> {
                replica(pause.replica()).stop();
                yield lasts;
            }
            case Disturbance.Partition partition -> {
                replica(partition.replica()).cutFromStore(true);
                yield lasts;
            }
            case Disturbance.Outage outage -> {
                world.dps[outage.instance()].setAway(true);
                avoid(outage);
                yield lasts;
            }
            case Disturbance.OtherLimit other -> {
                inForce.set(number);
                felt.set(number);
                setLimits(other.instance());
                yield lasts;
            }
        };
    }

    /** Lets it end; how long until it has to be ended once more, in nanoseconds, or 0. */
    long end(int number, boolean onceMore) {
        switch (all.get(number)) {
            case Disturbance.Crash crash -> replica(crash.replica()).restart();
            case Disturbance.Pause pause -> replica(pause.replica()).resume();
            case Disturbance.Partition partition -> replica(partition.replica()).cutFromStore(false);
            case Disturbance.Outage outage -> {
                world.dps[outage.instance()].setAway(false);
                world.replicas.forEach(replica -> replica.health().available(world.estate.id(outage.instance())));
            }
            case Disturbance.OtherLimit other -> {
                inForce.clear(number);
                felt.set(number, !onceMore);
                setLimits(other.instance());
                return onceMore ? 0 : sleepersWakeAfter.toNanos();
            }
        }
        return 0;
    }

    /** The inventory has what was said last; DPS the most that any device may still have been told by. */
    private void setLimits(int instance) {
        int usual = world.plan.limitPerMinute();
        world.estate.limit(
                instance, others(instance, inForce).reduce((_, last) -> last).orElse(usual));
        world.dps[instance].setLimitPerMinute(
                Math.max(usual, others(instance, felt).max().orElse(usual)));
    }

    private IntStream others(int instance, BitSet which) {
        return which.stream()
                .mapToObj(all::get)
                .filter(Disturbance.OtherLimit.class::isInstance)
                .map(Disturbance.OtherLimit.class::cast)
                .filter(other -> other.instance() == instance)
                .mapToInt(Disturbance.OtherLimit::perMinute);
    }

    private void avoid(Disturbance.Outage outage) {
        var id = world.estate.id(outage.instance());
        var until = VirtualClock.START.plus(outage.at()).plus(outage.lasts());
        if (outage.lasts().compareTo(NOTICED_AFTER) > 0) {
            world.replicas.forEach(replica -> replica.health().unavailable(id, until));
        }
    }

    private Replica replica(int number) {
        return world.replicas.get(number);
    }
}
