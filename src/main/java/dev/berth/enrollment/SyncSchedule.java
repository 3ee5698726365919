package dev.berth.enrollment;

import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.EnrollmentGroup;
import dev.berth.inventory.InventorySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which instances are to be synced now, as one replica sees it: once in an interval, soon after the inventory changed, and at once when
 * somebody asks. Every replica keeps such a schedule; the lease, and a look at when the last run was, keep them from doing all the same.
 */
public final class SyncSchedule {
    /** After a run that failed, and while another replica is at it. */
    static final Duration RETRY_AFTER_FAILURE = Duration.ofMinutes(1);

    static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final Duration interval;
    private final Map<DpsInstanceId, Entry> entries = new ConcurrentHashMap<>();

    public SyncSchedule(Duration interval) {
        this.interval = interval;
    }

    /** An instance that is to be synced, and the instant from which on a run counts. */
    public record Due(DpsInstance instance, Instant wantedSince) {}

    /** What a sync of an instance depends on; when it changes, one is wanted. */
    private record Subject(DpsInstance instance, Set<EnrollmentGroup> groups, String anchorsEpoch) {}

    private record Entry(Subject subject, Instant wantedSince, Instant lookAt) {}

    /** The instances that are due. */
    public List<Due> due(InventorySnapshot inventory, Instant now) {
        var instances = inventory.dpsInstances().stream()
                .filter(instance -> isCallable(instance, inventory))
                .toList();
        entries.keySet().retainAll(instances.stream().map(DpsInstance::id).collect(Collectors.toSet()));
        var due = new ArrayList<Due>();
        for (var instance : instances) {
            var entry = look(instance, inventory, now);
            if (!now.isBefore(entry.lookAt())) {
                due.add(new Due(instance, entry.wantedSince()));
            }
        }
        return due;
    }

    /** One is wanted now; whether the instance can be synced at all. */
    public boolean request(DpsInstance instance, InventorySnapshot inventory, Instant now) {
        if (!isCallable(instance, inventory)) {
            return false;
        }
        entries.put(instance.id(), new Entry(subject(instance, inventory), now, now));
        return true;
    }

    /** What came of an attempt to sync {@code due}. */
    public void attempted(Due due, EnrollmentSync.Outcome outcome, Instant now) {
        entries.computeIfPresent(due.instance().id(), (id, entry) -> {
            if (!entry.wantedSince().equals(due.wantedSince())) {
                return entry; // wanted once more meanwhile
            }
            return switch (outcome) {
                case DONE, RECENT -> new Entry(entry.subject(), now, now.plus(interval));
                case FAILED -> new Entry(entry.subject(), now, now.plus(retry()));
                case BUSY -> new Entry(entry.subject(), entry.wantedSince(), now.plus(LOOK_AGAIN));
            };
        });
    }

    private Duration retry() {
        return interval.compareTo(RETRY_AFTER_FAILURE) < 0 ? interval : RETRY_AFTER_FAILURE;
    }

    private Entry look(DpsInstance instance, InventorySnapshot inventory, Instant now) {
        var subject = subject(instance, inventory);
        return entries.compute(
                instance.id(),
                (id, known) -> known != null && known.subject().equals(subject) ? known : new Entry(subject, now, now));
    }

    private static boolean isCallable(DpsInstance instance, InventorySnapshot inventory) {
        return instance.serviceCredentials() != null
                && instance.state() != DpsInstance.State.DISABLED
                && inventory.isAtHome(instance);
    }

    private static Subject subject(DpsInstance instance, InventorySnapshot inventory) {
        return new Subject(
                instance,
                Set.copyOf(inventory.enrollmentGroups(instance.id())),
                inventory.trustAnchors().epoch());
    }
}
