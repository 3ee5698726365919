package dev.berth.scheduling;

import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Limits;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** DPS instances for tests. */
public final class Instances {
    public static final TenantId TENANT = new TenantId("contoso");

    private Instances() {}

    public static DpsInstance named(String name, Limits limits) {
        return weighing(name, limits, 1);
    }

    public static DpsInstance weighing(String name, Limits limits, int weight) {
        return new DpsInstance(
                new DpsInstanceId(TENANT, name),
                "0ne" + name.replace("-", ""),
                "global.example",
                name + ".example",
                null,
                null,
                null,
                limits,
                weight,
                DpsInstance.State.ACTIVE);
    }

    public static DpsInstance inState(DpsInstance instance, DpsInstance.State state) {
        return new DpsInstance(
                instance.id(),
                instance.idScope(),
                instance.globalEndpoint(),
                instance.serviceEndpoint(),
                instance.subscription(),
                instance.geography(),
                instance.homeRegion(),
                instance.limits(),
                instance.weight(),
                state);
    }

    public static List<DpsInstance> many(int count, Limits limits) {
        return IntStream.range(0, count)
                .mapToObj(i -> named("dps-" + i, limits))
                .toList();
    }

    public static Limits perMinute(int limit) {
        return limits(limit, 1_000_000);
    }

    public static Limits limits(int perMinute, long registrationsMax) {
        return new Limits(perMinute, perMinute, registrationsMax, 0, Duration.ofMillis(1_200));
    }
}
