package dev.berth.simulation;

import dev.berth.inventory.Limits;
import dev.berth.scheduling.SlotSpacing;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is simulated.
 *
 * @param lostShare of all devices that are told a slot, never register, and never ask again
 * @param window how the DPS instances count their minute
 * @param instances that are there from the start
 * @param limitPerMinute of each instance
 * @param registrationsMax of each instance
 * @param over within which all have come; null: a rush for shapes that come at once, else nine tenths of the ideal time
 * @param tenants whose devices they are
 */
public record SimulationPlan(
        int devices,
        int instances,
        int replicas,
        Shape shape,
        double lostShare,
        Spread spread,
        Window window,
        PolicyName policy,
        long seed,
        int limitPerMinute,
        long registrationsMax,
        @Nullable Duration over,
        List<Tenancy> tenants,
        Hardship hardship) {
    public static final int DEVICES_MAX = 50_000_000;
    public static final int INSTANCES_MAX = 1_000;
    public static final int REPLICAS_MAX = 1_000;
    public static final int TENANTS_MAX = 100;
    private static final Duration RUSH_MAX = Duration.ofSeconds(5);

    public SimulationPlan {
        tenants = List.copyOf(tenants);
        require(devices >= 1 && devices <= DEVICES_MAX, "devices must be 1 to %,d".formatted(DEVICES_MAX));
        require(instances >= 1 && instances <= INSTANCES_MAX, "instances must be 1 to %,d".formatted(INSTANCES_MAX));
        require(replicas >= 1 && replicas <= REPLICAS_MAX, "replicas must be 1 to %,d".formatted(REPLICAS_MAX));
        require(lostShare >= 0 && lostShare < 1, "lost must be at least 0 and below 1");
        require(
                limitPerMinute >= 1 && limitPerMinute <= Limits.PER_MINUTE_MAX,
                "the limit must be 1 to %,d a minute".formatted(Limits.PER_MINUTE_MAX));
        require(over == null || !over.isNegative(), "over must not be negative");
        require(!tenants.isEmpty() && tenants.size() <= TENANTS_MAX, "tenants must be 1 to %,d".formatted(TENANTS_MAX));
        int k = instances;
        require(
                tenants.stream().allMatch(tenant -> IntStream.range(0, k).anyMatch(tenant::mayUse)),
                "each tenant needs an instance");
    }

    /** All of them at instances with DPS's own quotas. */
    public static SimulationPlan of(int devices, int instances, int replicas, Shape shape, long seed) {
        return new SimulationPlan(
                devices,
                instances,
                replicas,
                shape,
                0,
                Spread.DIRECT,
                Window.SLIDING,
                PolicyName.BERTH,
                seed,
                Limits.DPS.registrationsPerMinute(),
                Limits.DPS.registrationsMax(),
                null,
                List.of(Tenancy.WHOLE),
                Hardship.NONE);
    }

    /** The same with another policy. */
    public SimulationPlan by(PolicyName other) {
        return with(instances, other, tenants, hardship);
    }

    /** The same with another number of instances. */
    public SimulationPlan on(int otherInstances) {
        return with(otherInstances, policy, tenants, hardship);
    }

    /** The same with other owners of the devices. */
    public SimulationPlan sharedBy(List<Tenancy> others) {
        return with(instances, policy, others, hardship);
    }

    /** The same with more to bear. */
    public SimulationPlan bearing(Hardship other) {
        return with(instances, policy, tenants, other);
    }

    private SimulationPlan with(int k, PolicyName how, List<Tenancy> whose, Hardship bears) {
        return new SimulationPlan(
                devices,
                k,
                replicas,
                shape,
                lostShare,
                spread,
                window,
                how,
                seed,
                limitPerMinute,
                registrationsMax,
                over,
                whose,
                bears);
    }

    /** Why the fleet can never be provisioned by these instances; null if it can. */
    public @Nullable String shortage() {
        return !shape.known() && devices > instances * registrationsMax
                ? "%,d instances hold %,d registrations in all; %,d devices need %,d instances"
                        .formatted(
                                instances,
                                instances * registrationsMax,
                                devices,
                                Math.ceilDiv(devices, registrationsMax))
                : null;
    }

    /** Those that join later among them. */
    int instancesEver() {
        return instances + hardship.joins().size();
    }

    /** When the instance of that number is there. */
    Duration joinsAt(int instance) {
        return instance < instances ? Duration.ZERO : hardship.joins().get(instance - instances);
    }

    Limits limits() {
        return limits(limitPerMinute);
    }

    Limits limits(int perMinute) {
        return new Limits(perMinute, perMinute, registrationsMax, 0, spread.arrivalSpread());
    }

    SlotSpacing spacing() {
        return SlotSpacing.of(limits());
    }

    /** How long it takes when no slot is lost: N · T / k. */
    Duration ideal() {
        return spacing().interval().multipliedBy(devices).dividedBy(instances);
    }

    /** How long it would take at the limit itself, with no spread to be allowed for. */
    Duration nominal() {
        return Duration.ofMinutes(1).multipliedBy(devices).dividedBy((long) instances * limitPerMinute);
    }

    /** Within how many nanoseconds all devices have come. */
    long overNanos() {
        if (over != null) {
            return over.toNanos();
        }
        long ideal = ideal().toNanos();
        return shape.atOnce() ? Math.min(RUSH_MAX.toNanos(), ideal / 100) : ideal / 10 * 9;
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
