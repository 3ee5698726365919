package dev.berth.scheduling;

import dev.berth.inventory.DpsInstanceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * The queues at one tenant's instances as a replica saw them at one moment.
 *
 * @param queued the instances that devices ever queued for
 * @param rates what the queues get, as far as somebody asked
 * @param freshness how long the replica believes that
 */
record QueueView(
        Map<QueueKey, QueueState> states,
        InstanceShares shares,
        Set<DpsInstanceId> queued,
        ConcurrentMap<QueueKey, QueueRate> rates,
        Freshness freshness) {

    /** @param takers which of the queues can take slots of an instance now */
    static QueueView of(Map<QueueKey, QueueState> states, Takers takers, ShareWeights weights, Freshness freshness) {
        var waiting = new HashMap<DpsInstanceId, Set<QueueKey>>();
        var queued = new HashSet<DpsInstanceId>();
        states.forEach((queue, state) -> {
            for (DpsInstanceId instance : instances(queue, state)) {
                queued.add(instance);
                if (!state.isEmpty() && takers.takes(queue.workClass(), instance)) {
                    waiting.computeIfAbsent(instance, id -> new HashSet<>()).add(queue);
                }
            }
        });
        return new QueueView(
                Map.copyOf(states), new InstanceShares(waiting, weights), queued, new ConcurrentHashMap<>(), freshness);
    }

    /** Whether a class of work can take slots of an instance: a full one has none for new devices, whoever waits. */
    @FunctionalInterface
    interface Takers {
        boolean takes(WorkClass workClass, DpsInstanceId instance);
    }

    static Set<DpsInstanceId> instances(QueueKey queue, QueueState state) {
        var ids = new HashSet<DpsInstanceId>();
        state.instances().forEach(name -> ids.add(new DpsInstanceId(queue.owner(), name)));
        return ids;
    }

    /** Worked out once, however many are told. */
    QueueRate rate(QueueKey queue, Function<QueueKey, QueueRate> workOut) {
        return rates.computeIfAbsent(queue, workOut);
    }

    /** How many tickets of other queues wait at these {@code instances}. */
    long othersWaiting(QueueKey queue, Set<DpsInstanceId> instances) {
        return instances.stream()
                .flatMap(instance -> shares.waitingAt(instance).stream())
                .filter(other -> !other.equals(queue))
                .distinct()
                .mapToLong(other -> state(other).waiting())
                .sum();
    }

    QueueState state(QueueKey queue) {
        return states.getOrDefault(queue, QueueState.EMPTY);
    }
}
