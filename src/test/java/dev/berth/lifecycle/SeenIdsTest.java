package dev.berth.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SeenIdsTest {
    private final SeenIds seen = new SeenIds(200_000);

    @Test
    void anIdIsNewOnceHoweverItIsSpelled() {
        assertThat(seen.add(SeenIds.hash("Thermostat-1"))).isTrue();
        assertThat(seen.add(SeenIds.hash("thermostat-1"))).isFalse();
        assertThat(seen.contains(SeenIds.hash("THERMOSTAT-1"))).isTrue();
        assertThat(seen.size()).isEqualTo(1);
    }

    @Test
    void manyAlikeIdsAreAllToldApart() {
        for (int i = 0; i < 200_000; i++) {
            assertThat(seen.add(SeenIds.hash("device-" + i))).isTrue();
        }
        assertThat(seen.size()).isEqualTo(200_000);
        assertThat(seen.contains(SeenIds.hash("device-199999"))).isTrue();
        assertThat(seen.contains(SeenIds.hash("device-200000"))).isFalse();
    }

    @Test
    void oneMoreThanItTakesIsRefusedAndOneThatItHasIsNot() {
        var few = new SeenIds(2);
        few.add(1);
        few.add(2);

        assertThat(few.add(2)).isFalse();
        assertThatThrownBy(() -> few.add(3)).isInstanceOf(SeenIds.Full.class).hasMessageContaining("more than 2");
    }

    @Test
    void whatWasSavedIsPutBackInAnotherLife() {
        seen.add(SeenIds.hash("a"));
        seen.add(SeenIds.hash("b"));
        var first = seen.recentHashes();
        seen.saved();
        seen.add(SeenIds.hash("c"));
        var second = seen.recentHashes();

        var restored = new SeenIds(10);
        restored.restore(first);
        restored.restore(second);

        assertThat(restored.size()).isEqualTo(3);
        assertThat(restored.contains(SeenIds.hash("c"))).isTrue();
        assertThat(restored.recentHashes()).isEmpty();
    }

    /** Hashes are stored: another function would forget what a count that was interrupted has seen. */
    @Test
    void theHashOfAnIdIsTheSameForEver() {
        assertThat(SeenIds.hash("thermostat-0001")).isEqualTo(SeenIds.hash("Thermostat-0001"));
        assertThat(Long.toHexString(SeenIds.hash("thermostat-0001"))).isEqualTo("3e71d586cd35b6ff");
    }
}
