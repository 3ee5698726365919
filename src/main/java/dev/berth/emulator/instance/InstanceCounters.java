package dev.berth.emulator.instance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The counts of one instance; guarded by {@link MeteredRegistrations}. */
final class InstanceCounters {
    long refused;
    long polls;
    long lookups;
    private long throttled;
    private long registrations;
    private final RecentRates rates = new RecentRates();
    private final WorstMinute worstMinute = new WorstMinute();
    private @Nullable Instant firstAcceptedAt;
    private @Nullable Instant lastAcceptedAt;

    /** Counts that go on from what was reported. */
    static InstanceCounters from(InstanceReport report) {
        var counters = new InstanceCounters();
        counters.registrations = report.registrations();
        counters.worstMinute.atLeast(report.worstSlidingMinute());
        counters.throttled = report.throttled();
        counters.refused = report.refused();
        counters.polls = report.polls();
        counters.lookups = report.lookups();
        counters.firstAcceptedAt = report.firstAcceptedAt();
        counters.lastAcceptedAt = report.lastAcceptedAt();
        return counters;
    }

    void accepted(long now, Instant at) {
        registrations++;
        worstMinute.add(now);
        rates.accepted(now);
        firstAcceptedAt = firstAcceptedAt == null ? at : firstAcceptedAt;
        lastAcceptedAt = at;
    }

    void throttled(long now) {
        throttled++;
        rates.throttled(now);
    }

    SecondRates rates(long now) {
        return rates.told(now);
    }

    InstanceReport report(InstanceConfig config, int registered, OperationsQuota operations, long now) {
        return new InstanceReport(
                config.name(),
                config.idScope(),
                config.quotas().registrationsPerMinute(),
                registrations,
                worstMinute.worst(),
                worstMinute.current(now),
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
