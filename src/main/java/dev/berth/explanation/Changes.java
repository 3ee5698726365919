package dev.berth.explanation;

import dev.berth.inventory.PoolMembership.Barrier;
import dev.berth.provisioning.DeviceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What would change where a device goes, in sentences. */
final class Changes {
    /** Instances that are outside of the pool, and of which it is said how they would join. */
    private static final int OUTSIDERS_MAX = 10;

    private Changes() {}

    static List<String> of(Circumstances now) {
        return switch (now.device().state()) {
            case DeviceState.Waiting _ -> ofWaiting(now);
            case DeviceState.Bound bound -> ofBound(bound, now);
        };
    }

    private static List<String> ofBound(DeviceState.Bound bound, Circumstances now) {
        var changes = new ArrayList<String>();
        var name = bound.assignment().instance().name();
        changes.add("It keeps " + name
                + " whatever becomes of its pool: only a new generation of its assignment moves it.");
        if (now.own() == null) {
            changes.add("It is served again once " + name + " is back in the inventory.");
        } else if (!now.isUsable()) {
            changes.add("It is served again once " + name + " is active or draining.");
        } else if (!now.atHome()) {
            changes.add("It gets a fresh slot only in the region in which " + name + " is at home.");
        }
        addShare(now, changes);
        if (bound instanceof DeviceState.Registered) {
            changes.add("It gets a fresh slot if it asks with register=true, or reports a failure.");
        }
        return changes;
    }

    private static List<String> ofWaiting(Circumstances now) {
        var changes = new ArrayList<String>();
        switch (Prospect.of(now)) {
            case POOL_FULL ->
                changes.add("There is room once an instance of its pool may hold more, or holds less and was counted.");
            case POOL_UNAVAILABLE -> changes.add("There is a slot once an instance of its pool can be used again.");
            case QUEUED ->
                changes.add("It waits less once its pool has more instances, or its instances a higher limit.");
            case POOL_EMPTY, SAME_SLOT, FRESH_SLOT, CONNECT, ASKED_TOO_OFTEN -> {}
        }
        addShare(now, changes);
        now.pool().others().stream()
                .limit(OUTSIDERS_MAX)
                .map(outsider -> outsider.name() + " would join its pool if " + conditions(outsider, now) + ".")
                .forEach(changes::add);
        return changes;
    }

    private static void addShare(Circumstances now, List<String> changes) {
        var place = now.place();
        if (place != null && !place.admitted() && place.others() > 0) {
            changes.add("It waits less once fewer queues wait at its instances, or its own has a larger weight.");
        }
    }

    private static String conditions(InstanceNow outsider, Circumstances now) {
        return outsider.membership().barriers().stream()
                .map(barrier -> condition(barrier, outsider, now))
                .collect(Collectors.joining(", and "));
    }

    private static String condition(Barrier barrier, InstanceNow outsider, Circumstances now) {
        var instance = outsider.instance();
        return switch (barrier) {
            case NO_ENROLLMENT_GROUP ->
                "it had an enrollment group for trust anchor " + now.pool().trustAnchor();
            case ENROLLMENT_GROUP_DISABLED -> "its enrollment group were enabled";
            case ENROLLMENT_NOT_SEEN -> "its enrollment group were seen to stand at DPS";
            case NOT_ACTIVE ->
                "it were active instead of " + instance.state().name().toLowerCase(Locale.ROOT);
            case OTHER_GEOGRAPHY ->
                "its geography were " + now.pool().geography()
                        + (instance.geography() == null ? "" : " instead of " + instance.geography());
            case OTHER_REGION -> "it were at home in this region";
        };
    }
}
