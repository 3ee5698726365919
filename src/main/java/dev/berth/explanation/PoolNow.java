package dev.berth.explanation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The instances of a device's owner, those in its pool first.
 *
 * @param geography where the devices must stay, or null for anywhere
 * @param emptyReason what narrowed the pool to nothing, or null if it is not empty
 * @param size how many are in the pool
 * @param instances at most {@link #INSTANCES_MAX}
 */
public record PoolNow(
        String trustAnchor,
        @Nullable String geography,
        @Nullable String emptyReason,
        int size,
        List<InstanceNow> instances) {
    /** More are not looked at for one explanation. */
    public static final int INSTANCES_MAX = 200;

    public PoolNow {
        instances = List.copyOf(instances);
    }

    List<InstanceNow> members() {
        return instances.stream().filter(InstanceNow::isMember).toList();
    }

    List<InstanceNow> others() {
        return instances.stream().filter(instance -> !instance.isMember()).toList();
    }

    /** Those in the pool that can be used now. */
    List<InstanceNow> available() {
        return members().stream()
                .filter(member -> member.outlook().unavailableUntil() == null)
                .toList();
    }

    /** Those of them that have room for a new device. */
    List<InstanceNow> open() {
        return available().stream().filter(member -> !member.outlook().isFull()).toList();
    }
}
