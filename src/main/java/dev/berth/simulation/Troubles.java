package dev.berth.simulation;

import java.time.Duration;
import java.util.List;

/** Lets the disturbances of a plan begin and end. */
final class Troubles {
    /** Berth learns of an outage by what devices report, after this. */
    private static final Duration NOTICED_AFTER = Duration.ofSeconds(5);

    private final World world;
    private final List<Disturbance> all;
    private final Duration sleepersWakeAfter;

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
                int usual = world.plan.limitPerMinute();
                world.dps[other.instance()].setLimitPerMinute(Math.max(usual, other.perMinute()));
                world.estate.limit(other.instance(), other.perMinute());
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
                if (onceMore) {
                    world.dps[other.instance()].setLimitPerMinute(world.plan.limitPerMinute());
                    return 0;
                }
                world.estate.limit(other.instance(), world.plan.limitPerMinute());
                return sleepersWakeAfter.toNanos();
            }
        }
        return 0;
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
