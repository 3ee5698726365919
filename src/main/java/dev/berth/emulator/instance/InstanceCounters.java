package dev.berth.emulator.instance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The counts of one instance; guarded by it. */
final class InstanceCounters {
    long throttled;
    long refused;
    long polls;
    long lookups;
    private long registrations;
    private final WorstMinute worstMinute = new WorstMinute();
    private @Nullable Instant firstAcceptedAt;
    private @Nullable Instant lastAcceptedAt;

    void accepted(long now, Instant at) {
        registrations++;
        worstMinute.add(now);
        firstAcceptedAt = firstAcceptedAt == null ? at : firstAcceptedAt;
        lastAcceptedAt = at;
    }

    InstanceReport report(InstanceConfig config, int registered, OperationsQuota operations) {
        return new InstanceReport(
                config.name(),
                config.idScope(),
                config.quotas().registrationsPerMinute(),
                registrations,
                worstMinute.worst(),
                throttled,
                refused,
                registered,
                polls,
                lookups,
                operations.operations(),
                operations.throttled(),
                firstAcceptedAt,
                lastAcceptedAt);
    }
}
