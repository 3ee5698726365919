package dev.berth.simulation;

import dev.berth.inventory.DpsInstance.State;
import dev.berth.inventory.DpsInstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The disturbances of a plan, as changes of its world, each at its moment. */
final class Troubles {
    /** Berth learns of an outage by what devices report, after this. */
    private static final Duration NOTICED_AFTER = Duration.ofSeconds(5);

    private final World world;
    private final OtherLimits limits;
    private final Duration sleepersWakeAfter;
    private final List<Change> changes = new ArrayList<>();
    private final int[] drains;

    Troubles(World world) {
        this.world = world;
        this.limits = new OtherLimits(world);
        this.drains = new int[world.plan.instancesEver()];
        this.sleepersWakeAfter = world.plan
                .spread()
                .settings()
                .horizon()
                .plus(world.plan.spread().arrivalSpread())
                .plus(Duration.ofMinutes(1));
        if (!world.replicas.isEmpty()) {
            world.plan.hardship().disturbances().forEach(this::expect);
        }
    }

    private record Change(Duration at, Runnable action) {}

    int count() {
        return changes.size();
    }

    /** When a change is due, in nanoseconds. */
    long at(int number) {
        return changes.get(number).at().toNanos();
    }

    void happen(int number) {
        changes.get(number).action().run();
    }

    private void expect(Disturbance disturbance) {
        switch (disturbance) {
            case Disturbance.Crash(int replica, Duration at, Duration lasts) ->
                expect(at, lasts, () -> kill(replica), replica(replica)::restart);
            case Disturbance.Pause(int replica, Duration at, Duration lasts) ->
                expect(at, lasts, replica(replica)::stop, replica(replica)::resume);
            case Disturbance.Partition(int replica, Duration at, Duration lasts) ->
                expect(at, lasts, replica(replica)::cutFromStore, replica(replica)::reachStore);
            case Disturbance.ClockSet(int replica, Duration ahead, Duration at, Duration lasts) ->
                expect(
                        at,
                        lasts,
                        () -> replica(replica).clock().set(ahead),
                        () -> replica(replica).clock().set(ahead.negated()));
            case Disturbance.Outage outage -> expect(outage);
            case Disturbance.OtherLimit other -> {
                expect(other.at(), other.lasts(), () -> limits.begin(other), () -> limits.end(other));
                expect(other.at().plus(other.lasts()).plus(sleepersWakeAfter), () -> limits.forget(other));
            }
            case Disturbance.Join(Duration at) -> expect(at, world.estate::join);
            case Disturbance.Drain(int instance, Duration at, Duration lasts) ->
                expect(at, lasts, () -> drain(instance), () -> undrain(instance));
        }
    }

    private void expect(Disturbance.Outage outage) {
        DpsModel dps = world.dps[outage.instance()];
        expect(outage.at(), outage.lasts(), dps::goAway, () -> comeBack(outage));
        if (outage.lasts().compareTo(NOTICED_AFTER) > 0) {
            expect(outage.at().plus(NOTICED_AFTER), () -> avoid(outage));
        }
    }

    private void avoid(Disturbance.Outage outage) {
        DpsInstanceId id = world.estate.id(outage.instance());
        Instant until = VirtualClock.START.plus(outage.at()).plus(outage.lasts());
        world.replicas.forEach(replica -> replica.health().unavailable(id, until));
    }

    private void comeBack(Disturbance.Outage outage) {
        DpsModel dps = world.dps[outage.instance()];
        dps.comeBack();
        if (!dps.isAway()) {
            world.replicas.forEach(replica -> replica.health().available(world.estate.id(outage.instance())));
        }
    }

    private void kill(int replica) {
        replica(replica).stop();
        world.promises.blockLost();
    }

    private void drain(int instance) {
        if (drains[instance]++ == 0) {
            world.estate.enter(State.DRAINING, instance);
            world.promises.drains(instance);
        }
    }

    private void undrain(int instance) {
        if (--drains[instance] == 0) {
            world.estate.enter(State.ACTIVE, instance);
            world.promises.drainsNoMore(instance);
        }
    }

    private void expect(Duration at, Duration lasts, Runnable begin, Runnable end) {
        expect(at, begin);
        expect(at.plus(lasts), end);
    }

    private void expect(Duration at, Runnable action) {
        changes.add(new Change(at, action));
    }

    private Replica replica(int number) {
        return world.replicas.get(number);
    }
}
