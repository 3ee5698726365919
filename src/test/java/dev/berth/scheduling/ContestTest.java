package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.inventory.DpsInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept of a choice. */
class ContestTest {
    private static final Instant NOW = VirtualClock.START;
    private final InstanceSelector selector = new InstanceSelector(Duration.ofSeconds(2));

    @Test
    void theEmptiestIsNotedWithThoseItWasPreferredTo() {
        var open = List.of(candidate("full", 900, 0), candidate("empty", 10, 1), candidate("half", 500, 0));

        var choice = contest(open, open.get(1)).choice();

        assertThat(choice.rule()).isEqualTo(Choice.Rule.EMPTIEST);
        assertThat(choice.contenders()).extracting(Choice.Contender::instance).containsExactly("empty", "half", "full");
        assertThat(choice.contenders().getFirst())
                .isEqualTo(new Choice.Contender("empty", 10, 1_000, 1, Duration.ofSeconds(1)));
    }

    @Test
    void whenNoneOpensSoonTheEarliestIsNoted() {
        var open = List.of(candidate("empty", 0, 60), candidate("early", 900, 30));

        assertThat(contest(open, open.get(1)).choice().rule()).isEqualTo(Choice.Rule.EARLIEST);
    }

    @Test
    void oneThatWasTriedInVainComesBeforeTheChosenOne() {
        var open = List.of(candidate("best", 0, 0), candidate("next", 100, 0));

        var choice = contest(open, open.get(1)).choice();

        assertThat(choice.contenders()).extracting(Choice.Contender::instance).containsExactly("best", "next");
    }

    @Test
    void howeverManyThereAreAFewAreKeptAndTheChosenOneAmongThem() {
        var open = IntStream.range(0, 60)
                .mapToObj(i -> candidate("dps-" + i, i, 0))
                .toList();

        var choice = contest(open, open.get(50)).choice();

        assertThat(choice.open()).isEqualTo(60);
        assertThat(choice.contenders())
                .extracting(Choice.Contender::instance)
                .containsExactly("dps-0", "dps-1", "dps-50")
                .hasSize(Choice.CONTENDERS_MAX);
    }

    @Test
    void theOrderOfPreferenceIsTheOrderInWhichInstancesAreTried() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            var untried = new ArrayList<Candidate>();
            for (int i = 0; i < 8; i++) {
                untried.add(candidate("dps-" + i, random.nextInt(4) * 100L, random.nextInt(5)));
            }
            var preferred = untried.stream().sorted(selector.preference(NOW)).toList();
            var tried = new ArrayList<Candidate>();
            while (!untried.isEmpty()) {
                var best = selector.choose(untried, NOW);
                untried.remove(best);
                tried.add(best);
            }
            assertThat(tried).as("seed %d", seed).isEqualTo(preferred);
        }
    }

    private Contest contest(List<Candidate> open, Candidate chosen) {
        var queue = QueueKey.ofPool(Instances.TENANT, Instances.TENANT, "factory", null);
        List<DpsInstance> pool = open.stream().map(Candidate::instance).toList();
        return new Contest(new AdmissionRequest(queue, pool, true, null), open, chosen, selector, NOW);
    }

    private static Candidate candidate(String name, long used, int opensInSeconds) {
        var instance = Instances.named(name, Instances.limits(1_000, 1_000));
        return new Candidate(instance, new Standing(NOW.plusSeconds(opensInSeconds), used, false, Instant.MIN));
    }
}
