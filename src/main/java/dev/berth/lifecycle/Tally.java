package dev.berth.lifecycle;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a count has changed and found so far.
 *
 * @param confirmed devices that DPS says are registered, and Berth did not know it
 * @param hubsChanged devices that are at another hub than Berth knew
 * @param failed devices whose registration DPS says failed
 * @param ungrouped registrations that no group listed and a look at the single device showed
 * @param unchecked devices that no group listed and that there was no time to look at one by one; they count as if they were there
 * @param findings how many of each kind, listed or not
 */
public record Tally(
        long confirmed,
        long hubsChanged,
        long failed,
        long ungrouped,
        long unchecked,
        Map<Finding.Kind, Long> findings) {
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, Map.of());

    public Tally {
        findings = Map.copyOf(findings);
    }

    /** What one registration adds, findings apart. */
    static Tally of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Known() -> NONE;
            case Verdict.Disagreed disagreed -> NONE;
            case Verdict.Changed(var change) ->
                switch (change) {
                    case CONFIRMED -> new Tally(1, 0, 0, 0, 0, Map.of());
                    case HUB_CHANGED -> new Tally(0, 1, 0, 0, 0, Map.of());
                    case FAILED -> new Tally(0, 0, 1, 0, 0, Map.of());
                };
        };
    }

    /** One more finding. */
    static Tally of(Finding.Kind kind) {
        return new Tally(0, 0, 0, 0, 0, Map.of(kind, 1L));
    }

    Tally plus(Tally more) {
        var sums = new EnumMap<Finding.Kind, Long>(Finding.Kind.class);
        sums.putAll(findings);
        more.findings.forEach((kind, count) -> sums.merge(kind, count, Long::sum));
        return new Tally(
                confirmed + more.confirmed,
                hubsChanged + more.hubsChanged,
                failed + more.failed,
                ungrouped + more.ungrouped,
                unchecked + more.unchecked,
                sums);
    }
}
