package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduling.Gcra.Decision;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GcraTest {
    private final Gcra fourAnHour = Gcra.perHour(4);
    private final Instant now = VirtualClock.START;

    @Test
    void allowsTheBurstThenDenies() {
        Instant paid = Instant.EPOCH;
        for (int i = 0; i < 4; i++) {
            paid = allowed(fourAnHour.decide(paid, now));
        }
        assertThat(fourAnHour.decide(paid, now)).isEqualTo(new Decision.Denied(Duration.ofMinutes(15)));
    }

    @Test
    void allowsOneMoreAfterEachPeriod() {
        Instant spent = now.plus(Duration.ofHours(1));
        Instant later = now.plus(Duration.ofMinutes(15));
        Instant paid = allowed(fourAnHour.decide(spent, later));
        assertThat(fourAnHour.decide(paid, later)).isInstanceOf(Decision.Denied.class);
    }

    @Test
    void neverSavesUpMoreThanTheBurst() {
        assertThat(allowed(fourAnHour.decide(now.minus(Duration.ofDays(9)), now)))
                .isEqualTo(now.plus(Duration.ofMinutes(15)));
    }

    private static Instant allowed(Decision decision) {
        return ((Decision.Allowed) decision).paidUntil();
    }
}
