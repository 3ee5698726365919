package dev.berth.app;

import dev.berth.enrollment.SyncEvents;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.EnrollmentGroup;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.EnrollmentStanding;
import dev.berth.inventory.Pools;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Counts what syncs do, shows how many enrollment groups stand, and logs what changes. */
@Singleton
final class EnrollmentMetrics implements SyncEvents {
    private static final Logger LOG = Logger.getLogger(EnrollmentMetrics.class);

    private final BoundedCounters<Run> runs;
    private final BoundedCounters<DpsInstanceId> written;
    private final BoundedCounters<DpsInstanceId> deleted;
    private final Timer duration;
    private final Map<DpsInstanceId, String> failures = new ConcurrentHashMap<>();

    private record Run(DpsInstanceId instance, String outcome) {}

    @Inject
    EnrollmentMetrics(MeterRegistry registry, Pools pools) {
        runs = new BoundedCounters<>(
                registry,
                "berth.enrollment.syncs",
                run -> Labels.of(run.instance()).and("outcome", run.outcome()));
        written = new BoundedCounters<>(registry, "berth.enrollment.groups.written", Labels::of);
        deleted = new BoundedCounters<>(registry, "berth.enrollment.groups.deleted", Labels::of);
        duration = registry.timer("berth.enrollment.sync.duration");
        for (var state : EnrollmentStanding.State.values()) {
            Gauge.builder("berth.enrollment.groups", () -> count(pools, state))
                    .tag("state", Labels.of(state))
                    .register(registry);
        }
    }

    @Override
    public void ran(DpsInstanceId instance, Duration took, long operations, @Nullable String failure) {
        runs.increment(new Run(instance, failure == null ? "done" : "failed"));
        duration.record(took);
        var before = failure == null ? failures.remove(instance) : failures.put(instance, failure);
        if (failure != null && !failure.equals(before)) {
            LOG.warnf(
                    "enrollment sync failed: %s tenant=%s dpsInstance=%s", failure, instance.tenant(), instance.name());
        } else if (failure == null && before != null) {
            LOG.infof("enrollment sync works again tenant=%s dpsInstance=%s", instance.tenant(), instance.name());
        }
    }

    @Override
    public void changed(DpsInstanceId instance, EnrollmentStanding now) {
        LOG.infof(
                "enrollment group %s is %s%s tenant=%s dpsInstance=%s",
                now.group(),
                Labels.of(now.state()),
                now.detail() == null ? "" : ": " + now.detail(),
                instance.tenant(),
                instance.name());
    }

    @Override
    public void written(DpsInstanceId instance, String groupId, List<String> differences) {
        written.increment(instance);
        LOG.infof(
                "enrollment group %s was %s at DPS tenant=%s dpsInstance=%s",
                groupId,
                differences.isEmpty() ? "made" : "repaired (" + String.join(", ", differences) + ")",
                instance.tenant(),
                instance.name());
    }

    @Override
    public void deleted(DpsInstanceId instance, String groupId) {
        deleted.increment(instance);
        LOG.warnf(
                "enrollment group %s was deleted at DPS; the registrations of its devices stay and count tenant=%s dpsInstance=%s",
                groupId, instance.tenant(), instance.name());
    }

    private static double count(Pools pools, EnrollmentStanding.State state) {
        var inventory = pools.snapshot();
        return inventory.dpsInstances().stream()
                .map(DpsInstance::id)
                .flatMap(instance -> inventory.enrollmentGroups(instance).stream())
                .filter(group -> isIn(group, state, inventory))
                .count();
    }

    private static boolean isIn(
            EnrollmentGroup group, EnrollmentStanding.State state, dev.berth.inventory.InventorySnapshot inventory) {
        return group.policy() != EnrollmentPolicy.EXTERNAL
                && inventory
                        .standing(group)
                        .filter(seen -> seen.state() == state)
                        .isPresent();
    }
}
