package dev.berth.simulation;

import dev.berth.identity.TenantId;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.scheduling.ShareWeights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whose devices they are: chance decides, by the tenants' parts, and independently of everything else that it decides. */
final class Tenants {
    private static final long OWN_CHANCE = 0x7E4A_4715L;

    private final List<Tenancy> tenancies;
    private final List<TenantId> ids;
    private final Map<TenantId, Integer> numbers = new HashMap<>();
    private final byte[] ofDevice;

    Tenants(SimulationPlan plan) {
        this.tenancies = plan.tenants();
        this.ids = IntStream.rangeClosed(1, tenancies.size())
                .mapToObj(number -> new TenantId("tenant-" + number))
                .toList();
        ids.forEach(id -> numbers.put(id, numbers.size()));
        this.ofDevice = new byte[tenancies.size() == 1 ? 0 : plan.devices()];
        draw(new SplittableRandom(plan.seed() ^ OWN_CHANCE));
    }

    int count() {
        return tenancies.size();
    }

    Tenancy tenancy(int tenant) {
        return tenancies.get(tenant);
    }

    TenantId id(int tenant) {
        return ids.get(tenant);
    }

    int numberOf(TenantId id) {
        return count() == 1 ? 0 : Objects.requireNonNull(numbers.get(id), "a tenant of this fleet");
    }

    /** Whose the device is. */
    int of(int device) {
        return ofDevice.length == 0 ? 0 : ofDevice[device];
    }

    /** These settings, with the weights of the tenants. */
    SchedulingSettings weighing(SchedulingSettings settings) {
        var weights = IntStream.range(0, count())
                .boxed()
                .collect(Collectors.toMap(
                        ids::get, tenant -> tenancies.get(tenant).weight()));
        return settings.withShares(ShareWeights.DEFAULT.withTenants(weights));
    }

    private void draw(RandomGenerator random) {
        int all = tenancies.stream().mapToInt(Tenancy::parts).sum();
        for (int device = 0; device < ofDevice.length; device++) {
            int drawn = random.nextInt(all);
            int tenant = 0;
            while (drawn >= tenancies.get(tenant).parts()) {
                drawn -= tenancies.get(tenant++).parts();
            }
            ofDevice[device] = (byte) tenant;
        }
    }
}
