package dev.berth.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * How many new devices an instance was given, by the tenant that owns them, in all and in each hour of the last five days. It is as large
 * as its bounds allow and no larger, whatever happens.
 *
 * @param since when counting began
 * @param owners by the owner's name; those beyond the first {@link #OWNERS_MAX} together under {@link #OTHERS}
 */
public record RegistrationHistory(Instant since, Map<String, Granted> owners) {
    /** The hours of five days, and the one that has begun. */
    public static final int HOURS_MAX = 121;

    public static final int OWNERS_MAX = 20;

    /** No tenant has this name. */
    public static final String OTHERS = "*";

    public RegistrationHistory {
        owners = Map.copyOf(owners);
    }

    /** One in which nothing was counted yet. */
    public static RegistrationHistory beginning(Instant since) {
        return new RegistrationHistory(since, Map.of());
    }

    /** What several instances were given together. */
    static RegistrationHistory together(Collection<RegistrationHistory> histories, Instant now) {
        var since = histories.stream()
                .map(RegistrationHistory::since)
                .min(Instant::compareTo)
                .orElse(now);
        var sum = beginning(since);
        for (var history : histories) {
            for (var owner : history.owners.entrySet()) {
                sum = sum.with(owner.getKey(), granted -> granted.plus(owner.getValue()));
            }
        }
        return sum;
    }

    /** With {@code count} more devices of {@code owner} in {@code hour}. */
    RegistrationHistory plus(String owner, long hour, long count) {
        return with(owner, granted -> granted.plus(hour, count));
    }

    /** Without the hours that no rate looks at any more. */
    RegistrationHistory upTo(Instant now) {
        long oldest = Granted.hourOf(now) - HOURS_MAX + 1;
        var kept = new TreeMap<String, Granted>();
        owners.forEach((owner, granted) -> kept.put(owner, granted.since(oldest)));
        return new RegistrationHistory(since, kept);
    }

    /** How many within {@code length} before {@code now}, of all owners. */
    double within(Duration length, Instant now) {
        return owners.values().stream()
                .mapToDouble(granted -> granted.within(length, now))
                .sum();
    }

    private RegistrationHistory with(String owner, UnaryOperator<Granted> change) {
        var name = owners.containsKey(owner) || owners.size() < OWNERS_MAX ? owner : OTHERS;
        var changed = new TreeMap<>(owners);
        changed.put(name, change.apply(owners.getOrDefault(name, Granted.NONE)));
        return new RegistrationHistory(since, changed);
    }
}
