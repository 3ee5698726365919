package dev.berth.explanation;

import dev.berth.scheduling.Choice;
import dev.berth.scheduling.Choice.Contender;
import java.util.ArrayList;
import java.util.List;

/** A choice in sentences: what was chosen and why, and what was passed over. */
final class ChoiceReasons {
    private ChoiceReasons() {}

    static List<String> of(Choice choice, String chosenName) {
        var reasons = new ArrayList<String>();
        int place = 0;
        while (place < choice.contenders().size() - 1
                && !choice.contenders().get(place).instance().equals(chosenName)) {
            place++;
        }
        Contender chosen = choice.contenders().get(place);
        reasons.add(chosen(choice, chosen));
        choice.contenders().subList(0, place).forEach(tried -> reasons.add(triedInVain(tried)));
        choice.contenders()
                .subList(place + 1, choice.contenders().size())
                .forEach(other -> reasons.add(passedOver(other, chosen)));
        addRest(choice, reasons);
        return reasons;
    }

    private static String chosen(Choice choice, Contender chosen) {
        var opening = "On " + choice.at() + " it was assigned to " + chosen.instance() + " because ";
        if (choice.open() == 1) {
            return opening + "that was the only one of the " + choice.instances()
                    + " in its pool that was neither full nor out of reach.";
        }
        return opening
                + switch (choice.rule()) {
                    case EMPTIEST ->
                        "that was the emptiest of those whose next slot opened soon ("
                                + Words.percent(chosen.shareUsed()) + " used" + weighed(chosen) + ").";
                    case EARLIEST ->
                        "its next slot opened first, in " + Words.time(chosen.opensIn()) + "; none opened soon.";
                };
    }

    private static String triedInVain(Contender tried) {
        return tried.instance() + " came before it, and had nothing left when it was asked.";
    }

    /** In the order of preference only a later slot puts one that is emptier behind the chosen one. */
    private static String passedOver(Contender other, Contender chosen) {
        boolean fuller = other.weightedShareUsed() >= chosen.weightedShareUsed()
                && other.opensIn().compareTo(chosen.opensIn()) <= 0;
        boolean later = other.opensIn().compareTo(chosen.opensIn()) > 0;
        var why = "its next slot opened in " + Words.time(other.opensIn()) + ", and " + Words.percent(other.shareUsed())
                + " of it was used" + weighed(other);
        if (fuller) {
            return other.instance() + " was passed over because it was fuller: " + why + ".";
        }
        return other.instance() + " was passed over" + (later ? " because it opened later: " : ": ") + why + ".";
    }

    private static void addRest(Choice choice, List<String> reasons) {
        int lower = choice.open() - choice.contenders().size();
        if (lower > 0) {
            reasons.add(lower + " more of its pool came after these.");
        }
        int closed = choice.instances() - choice.open();
        if (closed > 0) {
            reasons.add(closed + " of its pool " + (closed == 1 ? "was" : "were") + " full or out of reach.");
        }
    }

    private static String weighed(Contender contender) {
        return contender.weight() == 1 ? "" : ", with weight " + contender.weight();
    }
}
