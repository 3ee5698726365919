package dev.berth.scheduling;

import dev.berth.identity.TenantId;
import java.util.Map;

/**
 * How an instance's slots are divided while there are not enough: first among the classes of work, then among the tenants of a class, then
 * among the queues of a tenant. Data of whoever runs Berth, and not of the tenants that compete.
 *
 * <p>A weight is a floor as well. A class never gets less than its weight in relation to all, and gets more when others have nothing to do.
 *
 * @param firstBoot of new devices
 * @param reRegistration of devices that register again
 * @param jobs of work that can wait
 * @param tenants of those that count more than 1
 * @param pools of those that count more than 1, as {@code tenant/trustAnchor}
 */
public record ShareWeights(
        int firstBoot, int reRegistration, int jobs, Map<TenantId, Integer> tenants, Map<String, Integer> pools) {
    public static final int WEIGHT_MAX = 1_000;

    /** No class has less than one of so many parts. */
    public static final int FLOOR_PARTS = 10;

    public static final ShareWeights DEFAULT = new ShareWeights(6, 3, 1, Map.of(), Map.of());

    public ShareWeights {
        tenants = Map.copyOf(tenants);
        pools = Map.copyOf(pools);
        int sum = firstBoot + reRegistration + jobs;
        require(isWeight(firstBoot) && isWeight(reRegistration) && isWeight(jobs), "the weights of classes");
        require(tenants.values().stream().allMatch(ShareWeights::isWeight), "the weights of tenants");
        require(pools.values().stream().allMatch(ShareWeights::isWeight), "the weights of pools");
        if (Math.min(firstBoot, Math.min(reRegistration, jobs)) * FLOOR_PARTS < sum) {
            throw new IllegalArgumentException("each class needs at least 1/" + FLOOR_PARTS + " of the weights of all");
        }
    }

    /** With other weights of pools. */
    public ShareWeights withPools(Map<String, Integer> weights) {
        return new ShareWeights(firstBoot, reRegistration, jobs, tenants, weights);
    }

    /** With other weights of tenants. */
    public ShareWeights withTenants(Map<TenantId, Integer> weights) {
        return new ShareWeights(firstBoot, reRegistration, jobs, weights, pools);
    }

    int of(WorkClass workClass) {
        return switch (workClass) {
            case FIRST_BOOT -> firstBoot;
            case RE_REGISTRATION -> reRegistration;
            case JOB -> jobs;
        };
    }

    int of(TenantId tenant) {
        return tenants.getOrDefault(tenant, 1);
    }

    int of(QueueKey queue) {
        return queue.workClass() == WorkClass.FIRST_BOOT ? pools.getOrDefault(queue.pool(), 1) : 1;
    }

    private static boolean isWeight(int weight) {
        return weight >= 1 && weight <= WEIGHT_MAX;
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException(what + " must be 1 to " + WEIGHT_MAX);
        }
    }
}
