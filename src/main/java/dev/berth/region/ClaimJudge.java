package dev.berth.region;

import dev.berth.inventory.DpsInstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which of several regions was right about a device.
 *
 * <p>The naive way leaves that to the database: where two regions wrote the same document, the last write wins, and the other is rolled back.
 * Its flaw is that a device was told of the other. It sleeps, registers where it was told, and works; the document names an instance
 * that never saw it, and nothing is left to show why. Hence claims, which no merge can lose, and this judge.
 *
 * <p><b>Who wins.</b> A claim that DPS confirms, because that is where the device is; of several the earlier one, and the name of the region
 * decides between equals. So every replica that sees the same comes to the same result, whatever the order in which it came to see it.
 *
 * <p><b>When.</b> Not before the slot of every claim has passed, and {@code settleAfter} with it: until then a device that was told may still
 * register, and the one who is there would have been ruled against. Nor while an instance cannot be asked.
 *
 * <p><b>What follows.</b> The winner holds in a <em>new</em> generation, also if the document named it before. A generation has thus one
 * meaning for whoever was told after the verdict, and a device whose answer changes can see that it did. Each loser is put on record.
 *
 * <p><b>What remains.</b> A region that is still cut off when this is decided does not know, and repeats its own claim until it does. What it
 * causes then is of an older generation, and loses.
 */
public record ClaimJudge(Duration settleAfter) {
    private static final Comparator<Testimony> BEST_FIRST = Comparator.comparing(Testimony::isConfirmed)
            .reversed()
            .thenComparing(testimony -> testimony.claim().at())
            .thenComparing(testimony -> testimony.claim().region());

    /** What a device's document says. */
    public record Held(long generation, DpsInstanceId instance, Instant slot) {}

    /**
     * What follows from all that is known.
     *
     * @param testimonies all claims of the device that are known, of whatever generation; at least one
     * @param onRecord whether a claim was put on record as lost
     */
    public Verdict judge(Held held, List<Testimony> testimonies, Predicate<RegionClaim> onRecord, Instant now) {
        long newest = testimonies.stream()
                .mapToLong(testimony -> testimony.claim().generation())
                .max()
                .orElseThrow();
        List<Testimony> rivals = testimonies.stream()
                .filter(testimony -> testimony.claim().generation() == newest)
                .sorted(BEST_FIRST)
                .toList();
        if (newest >= held.generation() && disagree(rivals)) {
            return mayStillChange(held, rivals, now) ? new Verdict.Pending() : decided(rivals);
        }
        if (newest > held.generation()) {
            return new Verdict.Behind(rivals.getFirst().claim());
        }
        List<RegionClaim> late = testimonies.stream()
                .map(Testimony::claim)
                .filter(claim -> claim.generation() < held.generation())
                .filter(claim -> !claim.instance().equals(held.instance()) && !onRecord.test(claim))
                .toList();
        return late.isEmpty() ? new Verdict.Agreed() : new Verdict.Late(late);
    }

    private boolean mayStillChange(Held held, List<Testimony> rivals, Instant now) {
        return isOpen(held.slot(), now)
                || rivals.stream()
                        .anyMatch(rival -> isOpen(rival.claim().slot(), now)
                                || rival.registration() == Testimony.Registration.UNKNOWN);
    }

    private boolean isOpen(Instant slot, Instant now) {
        return now.isBefore(slot.plus(settleAfter));
    }

    private static boolean disagree(List<Testimony> rivals) {
        return rivals.stream().map(rival -> rival.claim().instance()).distinct().count() > 1;
    }

    private static Verdict decided(List<Testimony> bestFirst) {
        RegionClaim winner = bestFirst.getFirst().claim();
        return new Verdict.Decided(
                winner,
                bestFirst.stream()
                        .map(Testimony::claim)
                        .filter(claim -> !claim.instance().equals(winner.instance()))
                        .toList());
    }
}
