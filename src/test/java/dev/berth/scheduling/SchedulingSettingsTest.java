package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.inventory.Limits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SchedulingSettingsTest {
    private static final SchedulingSettings SETTINGS = SchedulingSettings.DEFAULT;

    @Test
    void theDefaultWindowFitsTheDefaultSpread() {
        assertThat(SETTINGS.arrivalSpreadMin()).isLessThanOrEqualTo(Limits.DPS.arrivalSpread());
    }

    @Test
    void aRetryAfterIsNeverTooShortNorTooLong() {
        assertThat(SETTINGS.retryAfter(Duration.ofSeconds(-5))).isEqualTo(Duration.ofSeconds(1));
        assertThat(SETTINGS.retryAfter(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
        assertThat(SETTINGS.retryAfter(Duration.ofDays(5))).isEqualTo(Duration.ofMinutes(15));
    }
}
