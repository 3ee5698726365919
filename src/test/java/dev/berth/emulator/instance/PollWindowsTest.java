package dev.berth.emulator.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often one device may ask, and that those who do not ask cost nothing. */
class PollWindowsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final PollWindows polls = new PollWindows(2);

    @Test
    void eachDeviceHasItsOwnWindow() {
        assertThat(polls.tryAcquire("a", 0)).isTrue();
        assertThat(polls.tryAcquire("a", 9 * SECOND)).isTrue();
        assertThat(polls.tryAcquire("a", 9 * SECOND)).isFalse();
        assertThat(polls.tryAcquire("b", 9 * SECOND)).isTrue();
        assertThat(polls.tryAcquire("a", 10 * SECOND)).isTrue();
    }

    @Test
    void whoHasNotAskedForTenSecondsIsForgotten() {
        for (int device = 0; device < 100; device++) {
            polls.tryAcquire("device-" + device, device * SECOND);
            assertThat(polls.size()).isLessThanOrEqualTo(10);
        }
        polls.tryAcquire("device-99", 200 * SECOND);
        assertThat(polls.size()).isEqualTo(1);
    }
}
