package dev.berth.simulation;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans for tests, changed one thing at a time. */
record Plans(SimulationPlan plan) {

    /** New devices that ask at once. */
    static Plans blackout(int devices, int instances, int replicas) {
        return new Plans(SimulationPlan.of(devices, instances, replicas, Shape.BLACKOUT, 1));
    }

    Plans shaped(Shape shape) {
        return with(shape, plan.lostShare(), plan.spread(), plan.limitPerMinute(), plan.registrationsMax(), null);
    }

    Plans losing(double share) {
        return with(plan.shape(), share, plan.spread(), plan.limitPerMinute(), plan.registrationsMax(), null);
    }

    Plans spread(Spread spread) {
        return with(plan.shape(), plan.lostShare(), spread, plan.limitPerMinute(), plan.registrationsMax(), null);
    }

    Plans perMinute(int limit) {
        return with(plan.shape(), plan.lostShare(), plan.spread(), limit, plan.registrationsMax(), null);
    }

    Plans holding(long registrationsMax) {
        return with(plan.shape(), plan.lostShare(), plan.spread(), plan.limitPerMinute(), registrationsMax, null);
    }

    Plans over(Duration over) {
        return with(
                plan.shape(), plan.lostShare(), plan.spread(), plan.limitPerMinute(), plan.registrationsMax(), over);
    }

    Plans bearing(Disturbance... disturbances) {
        return new Plans(plan.bearing(Hardship.of(List.of(disturbances))));
    }

    Plans sharedBy(Tenancy... tenants) {
        return new Plans(plan.sharedBy(List.of(tenants)));
    }

    private Plans with(Shape shape, double lost, Spread spread, int limit, long max, @Nullable Duration over) {
        return new Plans(new SimulationPlan(
                plan.devices(),
                plan.instances(),
                plan.replicas(),
                shape,
                lost,
                spread,
                plan.window(),
                plan.policy(),
                plan.seed(),
                limit,
                max,
                over,
                plan.tenants(),
                plan.hardship()));
    }

    SimulationResult run() {
        return new Simulation(plan).run(() -> 0);
    }
}
