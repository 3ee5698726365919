package dev.berth.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Which of several instances a new device goes to.
 *
 * <p>The emptiest would be the natural choice, and the wrong one in a rush: a new instance stays the emptiest for hours, so every device
 * would queue there while the others idle. The earliest slot would be the other natural choice, and spends every instance's rate, but
 * fills a large and a small instance alike. So the emptiest of those whose slot opens soon; and when none opens soon, when the rate is what
 * is scarce, the earliest slot. A new instance thus fills at its full rate while the others take what it cannot.
 */
final class InstanceSelector {
    private final Duration selectionHorizon;

    InstanceSelector(Duration selectionHorizon) {
        this.selectionHorizon = selectionHorizon;
    }

    /** The best of {@code candidates}, which are not empty. */
    Candidate choose(List<Candidate> candidates, Instant now) {
        Candidate best = candidates.getFirst();
        for (Candidate candidate : candidates) {
            best = compare(candidate, best, now) < 0 ? candidate : best;
        }
        return best;
    }

    /** Whether the candidate is one of those of which the emptiest is best; in milliseconds, which make no garbage. */
    boolean opensSoon(Candidate candidate, Instant now) {
        return candidate.standing().opensAt().toEpochMilli() - now.toEpochMilli() <= selectionHorizon.toMillis();
    }

    /** The order in which {@link #choose} takes one after the other. */
    Comparator<Candidate> preference(Instant now) {
        return (a, b) -> compare(a, b, now);
    }

    private int compare(Candidate a, Candidate b, Instant now) {
        boolean soon = opensSoon(a, now);
        if (soon != opensSoon(b, now)) {
            return soon ? -1 : 1;
        }
        return soon ? byUse(a, b) : byTime(a, b);
    }

    private static int byUse(Candidate a, Candidate b) {
        int order = Double.compare(a.weightedShareUsed(), b.weightedShareUsed());
        if (order == 0) {
            order = a.standing().opensAt().compareTo(b.standing().opensAt());
        }
        return order != 0 ? order : a.instance().id().compareTo(b.instance().id());
    }

    private static int byTime(Candidate a, Candidate b) {
        int order = a.standing().opensAt().compareTo(b.standing().opensAt());
        return order != 0 ? order : byUse(a, b);
    }
}
