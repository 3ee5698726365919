package dev.berth.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What an instance was chosen among. It holds what the decision had at hand, and works nothing out until somebody writes the
 * {@link Choice} down.
 */
public final class Contest {
    private final AdmissionRequest request;
    private final List<Candidate> open;
    private final Candidate chosen;
    private final InstanceSelector selector;
    private final Instant at;

    Contest(AdmissionRequest request, List<Candidate> open, Candidate chosen, InstanceSelector selector, Instant at) {
        this.request = request;
        this.open = open;
        this.chosen = chosen;
        this.selector = selector;
        this.at = at;
    }

    /** The choice that was made. */
    public Choice choice() {
        var rule = selector.opensSoon(chosen, at) ? Choice.Rule.EMPTIEST : Choice.Rule.EARLIEST;
        return new Choice(
                at.truncatedTo(ChronoUnit.MILLIS),
                rule,
                request.instances().size(),
                open.size(),
                best().stream().map(this::contender).toList());
    }

    /** The first of those that are left to be tried at each step; those that were tried in vain come before the chosen one. */
    private List<Candidate> best() {
        Comparator<Candidate> preference = selector.preference(at);
        var best = new ArrayList<Candidate>(Choice.CONTENDERS_MAX);
        for (Candidate candidate : open) {
            if (!candidate.equals(chosen)) {
                best.add(place(candidate, best, preference), candidate);
                if (best.size() == Choice.CONTENDERS_MAX) {
                    best.removeLast();
                }
            }
        }
        best.add(place(chosen, best, preference), chosen);
        return best;
    }

    private static int place(Candidate candidate, List<Candidate> sorted, Comparator<Candidate> preference) {
        int place = 0;
        while (place < sorted.size() && preference.compare(sorted.get(place), candidate) <= 0) {
            place++;
        }
        return place;
    }

    private Choice.Contender contender(Candidate candidate) {
        Duration opensIn = Duration.between(at, candidate.standing().opensAt());
        var instance = candidate.instance();
        return new Choice.Contender(
                instance.id().name(),
                candidate.standing().used(),
                instance.limits().registrationsMax(),
                instance.weight(),
                opensIn.isNegative() ? Duration.ZERO : opensIn.truncatedTo(ChronoUnit.MILLIS));
    }
}
