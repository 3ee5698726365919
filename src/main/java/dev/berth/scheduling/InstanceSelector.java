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
    private static final Comparator<Candidate> EMPTIEST = Comparator.comparingDouble(Candidate::weightedShareUsed)
            .thenComparing(candidate -> candidate.standing().opensAt())
            .thenComparing(candidate -> candidate.instance().id());

    private static final Comparator<Candidate> EARLIEST = Comparator.comparing(
                    (Candidate candidate) -> candidate.standing().opensAt())
            .thenComparing(EMPTIEST);

    private final Duration selectionHorizon;

    InstanceSelector(Duration selectionHorizon) {
        this.selectionHorizon = selectionHorizon;
    }

    /** The best of {@code candidates}, which are not empty. */
    Candidate choose(List<Candidate> candidates, Instant now) {
        Instant soon = now.plus(selectionHorizon);
        Candidate best = candidates.getFirst();
        for (Candidate candidate : candidates) {
            best = isBetter(candidate, best, soon) ? candidate : best;
        }
        return best;
    }

    private static boolean isBetter(Candidate candidate, Candidate best, Instant soon) {
        boolean opensSoon = !candidate.standing().opensAt().isAfter(soon);
        boolean bestOpensSoon = !best.standing().opensAt().isAfter(soon);
        return opensSoon == bestOpensSoon ? (opensSoon ? EMPTIEST : EARLIEST).compare(candidate, best) < 0 : opensSoon;
    }

    /** Whether the candidate is one of those of which the emptiest is best. */
    boolean opensSoon(Candidate candidate, Instant now) {
        return !candidate.standing().opensAt().isAfter(now.plus(selectionHorizon));
    }

    /** The order in which {@link #choose} takes one after the other. */
    Comparator<Candidate> preference(Instant now) {
        return (a, b) -> {
            boolean soon = opensSoon(a, now);
            if (soon != opensSoon(b, now)) {
                return soon ? -1 : 1;
            }
            return (soon ? EMPTIEST : EARLIEST).compare(a, b);
        };
    }
}
