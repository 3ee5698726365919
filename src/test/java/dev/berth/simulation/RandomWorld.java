package dev.berth.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A small world that a seed decides: sometimes a quiet one, sometimes one where much goes wrong. */
final class RandomWorld {
    private static final int DEVICES_MAX = 2_500;
    private static final int DISTURBANCES_MAX = 6;
    private static final long CAPACITY = 1_000_000;

    private final SplittableRandom random;
    private final long seed;

    private RandomWorld(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    static SimulationPlan of(long seed) {
        return new RandomWorld(seed).plan();
    }

    private SimulationPlan plan() {
        int devices = 20 + random.nextInt(DEVICES_MAX);
        int instances = 1 + random.nextInt(6);
        int replicas = 1 + random.nextInt(8);
        boolean quiet = random.nextInt(3) == 0;
        int minutes = 1 + random.nextInt(quiet ? 40 : 25);
        int limit = Math.max(2, devices / instances / minutes);
        var plan = new SimulationPlan(
                devices,
                instances,
                replicas,
                oneOf(Shape.values()),
                random.nextBoolean() ? 0 : random.nextDouble() / 3,
                oneOf(Spread.values()),
                oneOf(Window.values()),
                PolicyName.BERTH,
                seed,
                limit,
                quiet && random.nextBoolean() ? Math.ceilDiv(devices, instances) : CAPACITY,
                null,
                List.of(Tenancy.WHOLE),
                Hardship.NONE);
        plan = random.nextInt(3) == 0 ? plan.sharedBy(tenants(plan)) : plan;
        return quiet ? plan : tight(plan.bearing(hardship(plan)));
    }

    /** Perhaps with room for what may leak, and no more, where that is known beforehand. */
    private SimulationPlan tight(SimulationPlan plan) {
        boolean known = plan.hardship().lostStoreAnswerShare() == 0
                && plan.tenants().stream().allMatch(tenant -> tenant.geography() == null);
        if (!known || random.nextBoolean()) {
            return plan;
        }
        long crashes = plan.hardship().disturbances().stream()
                .filter(Disturbance.Crash.class::isInstance)
                .count();
        long leaks = crashes * (plan.spread().settings().blockSlotsMax() + 1);
        return new Plans(plan)
                .holding(Math.ceilDiv(plan.devices(), plan.instances()) + leaks)
                .plan();
    }

    /** Some that all may go anywhere, or some that have to stay where they are beside others that have not, if there is room for that. */
    private List<Tenancy> tenants(SimulationPlan plan) {
        boolean bound = plan.instances() > 1 && plan.registrationsMax() == CAPACITY && random.nextBoolean();
        var tenants = new ArrayList<Tenancy>();
        for (int i = random.nextInt(3) + 2; i > 0; i--) {
            boolean stays = bound && random.nextBoolean();
            tenants.add(new Tenancy(
                    1 + random.nextInt(9), 1 + random.nextInt(4), stays ? oneOf(Geography.values()) : null));
        }
        return tenants;
    }

    private Hardship hardship(SimulationPlan plan) {
        var disturbances = new ArrayList<Disturbance>();
        for (int i = random.nextInt(DISTURBANCES_MAX + 1); i > 0; i--) {
            disturbances.add(disturbance(plan));
        }
        return new Hardship(small(0.1), small(0.1), small(0.03), small(0.2), small(0.1), List.copyOf(disturbances));
    }

    private Disturbance disturbance(SimulationPlan plan) {
        int replica = random.nextInt(plan.replicas());
        int instance = random.nextInt(plan.instances());
        Duration at = Duration.ofNanos(random.nextLong(plan.ideal().toNanos()));
        Duration lasts = Duration.ofMillis(100 + random.nextInt(120_000));
        return switch (random.nextInt(8)) {
            case 0 -> new Disturbance.Crash(replica, at, lasts);
            case 1 -> new Disturbance.Pause(replica, at, lasts);
            case 2 -> new Disturbance.Partition(replica, at, lasts);
            case 3 -> new Disturbance.Outage(instance, at, lasts);
            case 4 -> new Disturbance.Join(at);
            case 5 -> new Disturbance.ClockSet(replica, clockError(plan), at, lasts);
            case 6 -> new Disturbance.Drain(instance, at, lasts);
            default -> new Disturbance.OtherLimit(instance, 2 + random.nextInt(2 * plan.limitPerMinute()), at, lasts);
        };
    }

    /** Anything from what the arrival spread has room for up to an hour, ahead or behind. */
    private Duration clockError(SimulationPlan plan) {
        double most = Duration.ofHours(1).toNanos();
        double least = plan.spread().settings().clockSkewMax().toNanos();
        long error = (long) (least * Math.pow(most / least, random.nextDouble()));
        return Duration.ofNanos(random.nextBoolean() ? error : -error);
    }

    private double small(double most) {
        return random.nextBoolean() ? 0 : most * random.nextDouble();
    }

    private <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
