package dev.berth.region;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.region.RegionModel.Rule;
import dev.berth.region.RegionModel.Violation;
import dev.berth.region.World.Budget;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything that two regions can do to a device with a few asks, a partition, a crash and two registrations; and, by chance, what three can do with
 * more. The rule as it is built lets nothing through; each part of it is there because without it, something is found.
 */
class RegionModelTest {
    private static final Budget NO_CRASH = new Budget(2, 1, 0, 2, 1);
    private static final Budget ONE_CRASH = new Budget(2, 1, 1, 1, 1);
    private static final Budget LARGE = new Budget(5, 4, 2, 3, 3);
    private static final int STATES_MIN = 40_000;
    private static final int WALKS = 4_000;
    private static final int STEPS_MAX = 80;

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whateverTwoRegionsDoNoWordToADeviceIsLost(int fastRegion) {
        var search = new Search(new RegionModel(Rule.AS_BUILT, 2, fastRegion));

        assertThat(search.first(NO_CRASH, EnumSet.allOf(Violation.class))).isEmpty();
        assertThat(search.states()).isGreaterThan(STATES_MIN);
    }

    @Test
    void norByACrash() {
        var search = new Search(new RegionModel(Rule.AS_BUILT, 2, 1));

        assertThat(search.first(ONE_CRASH, EnumSet.allOf(Violation.class))).isEmpty();
        assertThat(search.states()).isGreaterThan(STATES_MIN);
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "3, 2", "3, 3"})
    void norByMoreOfEverything(int regions, long seed) {
        assertThat(walk(new RegionModel(Rule.AS_BUILT, regions, (int) seed % regions), seed))
                .as("seed %d", seed)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NO_CLAIMS, EVICTED",
        "NO_CLAIMS, SILENTLY_FLIPPED",
        "ONE_CLAIM_FOR_ALL, SILENTLY_FLIPPED",
        "CLAIMED_AFTER_TELLING, SILENTLY_FLIPPED",
        "EARLIER_ALONE, EVICTED",
        "SAME_GENERATION, SILENTLY_FLIPPED",
        "NOT_COMPENSATED, STRAY",
        "LAST_TO_ARRIVE, DIVERGED",
        "CLOCKS_ALONE, WENT_BACK"
    })
    void withoutAPartOfTheRuleTheViolationIsFound(Rule rule, Violation expected) {
        var found = Stream.of(NO_CRASH, ONE_CRASH)
                .flatMap(budget -> Stream.of(1, 0)
                        .map(fastRegion -> new Search(new RegionModel(rule, 2, fastRegion)))
                        .flatMap(search -> search.first(budget, EnumSet.of(expected)).stream()))
                .findFirst();

        assertThat(found).contains(expected);
    }

    @Test
    void theWalksFindWhatTheDatabaseAloneLosesToo() {
        assertThat(walk(new RegionModel(Rule.NO_CLAIMS, 3, 0), 1)).isPresent();
    }

    /** Every state that can be reached, each once, until one is found that must never be. */
    private static final class Search {
        private final RegionModel model;
        private final HashSet<World> seen = new HashSet<>();
        private final ArrayDeque<World> open = new ArrayDeque<>();

        Search(RegionModel model) {
            this.model = model;
        }

        int states() {
            return seen.size();
        }

        Optional<Violation> first(Budget budget, Set<Violation> wanted) {
            open.add(model.start(budget));
            while (!open.isEmpty()) {
                var found = visit(open.removeLast()).filter(wanted::contains);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }

        private Optional<Violation> visit(World world) {
            for (World next : model.next(world)) {
                if (RegionModel.wentBack(world, next)) {
                    return Optional.of(Violation.WENT_BACK);
                }
                if (seen.add(next)) {
                    open.add(next);
                }
            }
            return RegionModel.isQuiet(world) ? model.violation(world) : Optional.empty();
        }
    }

    private static Optional<Violation> walk(RegionModel model, long seed) {
        var random = new SplittableRandom(seed);
        for (int walk = 0; walk < WALKS; walk++) {
            var violation = walkOnce(model, random);
            if (violation.isPresent()) {
                return violation;
            }
        }
        return Optional.empty();
    }

    private static Optional<Violation> walkOnce(RegionModel model, SplittableRandom random) {
        World world = model.start(LARGE);
        for (int step = 0; step < STEPS_MAX; step++) {
            var next = model.next(world);
            if (next.isEmpty()) {
                break;
            }
            World chosen = next.get(random.nextInt(next.size()));
            if (RegionModel.wentBack(world, chosen)) {
                return Optional.of(Violation.WENT_BACK);
            }
            world = chosen;
        }
        return model.violation(model.calmed(world));
    }
}
