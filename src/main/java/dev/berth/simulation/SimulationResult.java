package dev.berth.simulation;

import java.util.List;

/**
 * What a simulation measured; the file that {@code --json} names holds it.
 *
 * @param lost devices that were told a slot and never came
 * @param makespanSeconds from the first ask to the last slot or registration
 * @param idealSeconds N · T / k, lost devices included
 * @param nominalSeconds the same at the limit itself, with no arrival spread to be allowed for
 * @param throttled answers of 429 by DPS
 * @param worstWindow the most register requests that an instance saw in any 60 s
 * @param budgetUse slots told, of those that the paced timelines offered from the first to the last slot told
 * @param callsPerDevice asks and register requests, until the device was registered
 * @param storeWritesPerRegistration writes to ledgers and queues, for each slot told
 * @param deviceWritesPerRegistration writes of device documents, reports of the outcome included, for each slot told
 * @param waitSeconds from a device's first ask to its registration
 * @param jain fairness among instances: 1 if each got as much of its rate as the others
 * @param jainTenants fairness among tenants: 1 if each was told as many slots for its weight as the others, while all waited
 */
public record SimulationResult(
        int devices,
        int lost,
        int instances,
        int replicas,
        String shape,
        String policy,
        long seed,
        double makespanSeconds,
        double idealSeconds,
        double nominalSeconds,
        long throttled,
        int worstWindow,
        int limitPerMinute,
        double budgetUse,
        double callsPerDevice,
        double storeWritesPerRegistration,
        double deviceWritesPerRegistration,
        Waits waitSeconds,
        double jain,
        double wallSeconds,
        List<TenantResult> tenants,
        double jainTenants) {

    /** How long devices waited. */
    public record Waits(double p50, double p99, double max) {
        static Waits of(int[] sortedMillis) {
            return sortedMillis.length == 0
                    ? new Waits(0, 0, 0)
                    : new Waits(at(sortedMillis, 0.5), at(sortedMillis, 0.99), at(sortedMillis, 1));
        }

        private static double at(int[] sortedMillis, double share) {
            int index = (int) Math.ceil(share * sortedMillis.length) - 1;
            return sortedMillis[Math.max(0, index)] / 1e3;
        }
    }
}
