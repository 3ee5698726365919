package dev.berth.scheduling;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import dev.berth.inventory.DpsInstanceId;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Who shares which instance now, and in what proportion.
 *
 * <p>The naive way lets every queue in at the full rate of its instances. Its flaw is that queues overlap: two pools that share an instance,
 * or a pool and the instance's own devices, then let in twice what there is, and whoever asks most often gets it. One queue for all would be
 * fair to the order of arrival and to nobody else: a tenant with ten devices would wait behind a million of another, and a device would wait
 * for an instance that is not its own.
 *
 * <p>So every queue is a <em>sharer</em> of each instance that it may take slots of, whatever waits in it. Of an instance's rate {@code R}
 * and free slots {@code F}, a queue {@code q} gets the fraction
 *
 * <pre>   s(q) = w(class)/Σ w(classes) · w(tenant)/Σ w(tenants of the class) · w(q)/Σ w(queues of that tenant in it)</pre>
 *
 * where the sums run over those that wait at this instance now, and {@code q} itself. What its instances give it together is what
 * {@link QueueState#advance} moves its watermark by. This is generalized processor sharing, with devices for packets.
 *
 * <p><b>Nothing is lost:</b> over the queues that wait, {@code s} sums up to 1 on each of the three levels, hence in all. Who has no backlog
 * is in no sum, and has left its share to the others in proportion to their weights. <b>Nobody starves:</b> each sum is bounded by data, so
 * {@code s(q)} has a positive lower bound, and for a class that is its weight over that of all classes: the floor needs no rule of its own.
 * <b>No more than there is:</b> at each instance what is let in sums up to {@code R}, and therefore over any set of instances; as a device
 * takes the earliest slot of its pool, a pool that can go elsewhere leaves the scarce instance to those that cannot. What goes wrong there for
 * a moment costs order within seconds, since the slots are ten minutes away, and never a limit, which does not depend on shares.
 *
 * <p><b>Cost:</b> a pure function of the queue documents, which a replica reads once in {@code ledgerFreshFor} anyway. Shares are written
 * nowhere, and need no agreement. A replica that has not seen yet that another queue filled is wrong for that long.
 */
final class InstanceShares {
    private final Map<DpsInstanceId, Set<QueueKey>> waiting;
    private final ShareWeights weights;

    /** @param waiting which queues have a backlog at each instance */
    InstanceShares(Map<DpsInstanceId, Set<QueueKey>> waiting, ShareWeights weights) {
        this.waiting = waiting;
        this.weights = weights;
    }

    boolean isAwaited(DpsInstanceId instance) {
        return waiting.containsKey(instance);
    }

    /** Those with a backlog at {@code instance}. */
    Set<QueueKey> waitingAt(DpsInstanceId instance) {
        return waiting.getOrDefault(instance, Set.of());
    }

    /** The part of {@code instance} that {@code queue} has, or would have if a device waited in it; between 0 and 1. */
    double of(QueueKey queue, DpsInstanceId instance) {
        var sharers =
                Stream.concat(Stream.of(queue), waitingAt(instance).stream()).collect(toSet());
        var ofClass = with(sharers, QueueKey::workClass, queue);
        var ofTenant = with(ofClass, QueueKey::tenant, queue);
        return part(sharers, QueueKey::workClass, weights::of, queue)
                * part(ofClass, QueueKey::tenant, weights::of, queue)
                * part(ofTenant, Function.identity(), weights::of, queue);
    }

    private static <T> Set<QueueKey> with(Set<QueueKey> sharers, Function<QueueKey, T> trait, QueueKey queue) {
        return sharers.stream().collect(groupingBy(trait, toSet())).getOrDefault(trait.apply(queue), Set.of());
    }

    /** The weight of the queue's trait over those of all that occur. */
    private static <T> double part(
            Set<QueueKey> sharers, Function<QueueKey, T> trait, ToIntFunction<T> weight, QueueKey queue) {
        int all = sharers.stream().map(trait).distinct().mapToInt(weight).sum();
        return (double) weight.applyAsInt(trait.apply(queue)) / all;
    }
}
