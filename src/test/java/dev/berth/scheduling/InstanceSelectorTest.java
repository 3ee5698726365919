package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstanceSelectorTest {
    private final InstanceSelector selector = new InstanceSelector(Duration.ofSeconds(2));
    private final Instant now = VirtualClock.START;

    @Test
    void takesTheEmptiestOfThoseThatOpenSoon() {
        assertThat(chosen(at("full", 900, 100, 1), at("emptier", 100, 1_900, 1)))
                .isEqualTo("emptier");
    }

    @Test
    void anEmptyInstanceThatOpensLateLeavesTheRushToOthers() {
        assertThat(chosen(at("full", 900, 100, 1), at("new", 0, 2_001, 1))).isEqualTo("full");
    }

    @Test
    void takesTheEarliestSlotWhenNoneOpensSoon() {
        assertThat(chosen(at("later", 0, 70_000, 1), at("earlier", 900, 60_000, 1)))
                .isEqualTo("earlier");
    }

    @Test
    void aHeavierInstanceMayBeFuller() {
        assertThat(chosen(at("light", 200, 100, 1), at("heavy", 300, 100, 2))).isEqualTo("heavy");
    }

    @Test
    void equalOnesAreOrderedBySlotThenName() {
        assertThat(chosen(at("b", 0, 100, 1), at("a", 0, 200, 1))).isEqualTo("b");
        assertThat(chosen(at("b", 0, 100, 1), at("a", 0, 100, 1))).isEqualTo("a");
    }

    private String chosen(Candidate... candidates) {
        return selector.choose(List.of(candidates), now).instance().id().name();
    }

    private Candidate at(String name, long used, long opensInMillis, int weight) {
        return new Candidate(
                Instances.weighing(name, Instances.limits(1_000, 1_000), weight),
                new Standing(now.plusMillis(opensInMillis), used, false, Instant.MIN));
    }
}
