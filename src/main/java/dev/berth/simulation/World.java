package dev.berth.simulation;

import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DeviceState;
import dev.berth.scheduling.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Everything that a simulation has, made from its plan and nothing else. */
final class World {
    private static final Duration BEFORE = Duration.ofDays(1);

    final SimulationPlan plan;
    final SplittableRandom random;
    final VirtualClock clock = new VirtualClock();
    final Tenants tenants;
    final Contention contention;
    final Promises promises;
    final SimulatedStore store;
    final SlowWrites slowWrites;
    final Estate estate;
    final Fleet fleet;
    final DpsModel[] dps;
    final List<Replica> replicas = new ArrayList<>();
    final Policy policy;

    World(SimulationPlan plan) {
        this.plan = plan;
        this.random = new SplittableRandom(plan.seed());
        this.tenants = new Tenants(plan);
        this.contention = new Contention(tenants);
        this.promises = new Promises(plan, tenants, clock);
        this.estate = new Estate(plan, tenants);
        this.store = new SimulatedStore(plan.devices(), estate, promises, contention);
        this.fleet = new Fleet(plan.shape().arrivals(plan.devices(), plan.overNanos(), random.split()), tenants);
        this.dps = IntStream.range(0, plan.instancesEver())
                .mapToObj(i -> new DpsModel(plan.window().open(random), plan.limitPerMinute()))
                .toArray(DpsModel[]::new);
        this.slowWrites = new SlowWrites(plan.hardship().slowWriteShare(), new SplittableRandom(plan.seed()));
        this.policy = policy();
    }

    private Policy policy() {
        return switch (plan.policy()) {
            case BERTH -> berth();
            case JITTER -> new JitterPolicy(plan, clock, random.split());
            case FULL_JITTER -> new FullJitterPolicy(plan, clock, random.split());
            case LEAST_LOADED -> new LeastLoadedPolicy(plan, clock, random.split());
            case FIXED_WINDOW -> new FixedWindowPolicy(plan, clock, random.split());
        };
    }

    private Policy berth() {
        var settings = tenants.weighing(plan.spread().settings());
        for (int i = 0; i < plan.replicas(); i++) {
            var link = new StoreLink(store, clock, plan.hardship().lostStoreAnswerShare(), slowWrites, random.split());
            var ownClock = new ReplicaClock(clock, plan.spread().clockOffset(random));
            replicas.add(new Replica(estate, settings, ownClock, link));
        }
        if (plan.shape().known()) {
            assignAll();
        }
        return new BerthPolicy(plan, clock, random.split(), fleet, estate, replicas, promises);
    }

    /** All devices were told an instance yesterday, and some of them said that they registered. */
    private void assignAll() {
        Instant yesterday = VirtualClock.START.minus(BEFORE);
        var assigned = new long[plan.instances()];
        int[][] pools = pools();
        for (int device = 0; device < plan.devices(); device++) {
            int[] pool = pools[tenants.of(device)];
            int instance = pool[device % pool.length];
            assigned[instance]++;
            var assignment = new Assignment(estate.id(instance), Assignment.FIRST_GENERATION, yesterday);
            store.put(device, known(device, assignment, yesterday));
        }
        for (int i = 0; i < assigned.length; i++) {
            store.put(estate.id(i), new Ledger(yesterday, assigned[i]));
        }
    }

    /** The numbers of the instances of each tenant's pool. */
    private int[][] pools() {
        return IntStream.range(0, tenants.count())
                .mapToObj(tenants::tenancy)
                .map(tenancy -> IntStream.range(0, plan.instances())
                        .filter(tenancy::mayUse)
                        .toArray())
                .toArray(int[][]::new);
    }

    private Device known(int device, Assignment assignment, Instant since) {
        var identity = fleet.identity(device);
        DeviceState state = plan.shape() == Shape.UPDATE_WAVE
                ? new DeviceState.Registered(
                        assignment,
                        "hub.azure-devices.net",
                        identity.registrationId().value())
                : new DeviceState.Told(assignment);
        return new Device(
                identity.origin(),
                identity.origin(),
                identity.registrationId(),
                identity.registrationId().value(),
                identity.trustAnchor(),
                identity.thumbprint(),
                state,
                since,
                since,
                since);
    }
}
