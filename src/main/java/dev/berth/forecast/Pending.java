package dev.berth.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was counted of one instance and not written yet. */
final class Pending {
    /** Beyond so many owners and hours, which takes days without the store, nothing more is counted. */
    static final int KEYS_MAX = RegistrationHistory.HOURS_MAX * (RegistrationHistory.OWNERS_MAX + 1);

    private Map<Key, Long> counts = new HashMap<>();
    private @Nullable Instant since;

    record Key(String owner, long hour) {}

    synchronized void add(String owner, long hour, long count, Instant now) {
        var key = new Key(owner, hour);
        if (counts.containsKey(key) || counts.size() < KEYS_MAX) {
            counts.merge(key, count, Long::sum);
            since = since == null ? now : since;
        }
    }

    synchronized boolean isDue(Instant now, Duration period) {
        return since != null && !now.isBefore(since.plus(period));
    }

    synchronized Map<Key, Long> take() {
        var taken = counts;
        counts = new HashMap<>();
        since = null;
        return taken;
    }

    synchronized void restore(Map<Key, Long> taken, Instant now) {
        taken.forEach((key, count) -> add(key.owner(), key.hour(), count, now));
        since = now; // an outage is not met again with every round
    }
}
