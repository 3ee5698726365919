package dev.berth.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventQueueTest {
    private static final long HOUR = 3_600_000_000_000L;
    private final EventQueue queue = new EventQueue();

    @Test
    void stopsBeforeAnEventThatIsLater() {
        queue.add(HOUR, 1);
        queue.add(10, 2);

        assertThat(queue.advanceUpTo(9)).isFalse();
        assertThat(queue.advanceUpTo(10)).isTrue();
        assertThat(queue.event()).isEqualTo(2);
        assertThat(queue.advanceUpTo(HOUR - 1)).isFalse();
        queue.add(20, 3);
        assertThat(queue.advanceUpTo(HOUR)).isTrue();
        assertThat(queue.event()).isEqualTo(3);
        assertThat(queue.advance()).isTrue();
        assertThat(queue.event()).isEqualTo(1);
        assertThat(queue.advanceUpTo(Long.MAX_VALUE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 1_000_000_000, HOUR, 100 * HOUR})
    void givesEventsInTheOrderOfTime(long within) {
        var random = new SplittableRandom(within);
        var expected = new PriorityQueue<Long>();
        long now = 0;
        for (int i = 0; i < 20_000; i++) {
            long at = now + random.nextLong(within);
            queue.add(at, at);
            expected.add(at);
            if (random.nextInt(3) == 0) {
                assertThat(queue.advance()).isTrue();
                now = queue.at();
                assertThat(now).isEqualTo(expected.remove()).isEqualTo(queue.event());
            }
        }

        while (queue.advance()) {
            assertThat(queue.at()).isEqualTo(expected.remove());
        }
        assertThat(expected).isEmpty();
    }
}
