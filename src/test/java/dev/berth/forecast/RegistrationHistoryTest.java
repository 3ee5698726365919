package dev.berth.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduling.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Rates, from counts by the hour. */
class RegistrationHistoryTest {
    private static final Instant START = VirtualClock.START;
    private static final long HOUR = Granted.hourOf(START);
    private static final RegistrationHistory NONE = RegistrationHistory.beginning(START);

    @Test
    void theLastHourTakesItsShareOfTheHourBefore() {
        var history = NONE.plus("contoso", HOUR, 60).plus("contoso", HOUR + 1, 10);

        assertThat(history.within(Duration.ofHours(1), START.plus(Duration.ofHours(1))))
                .isEqualTo(70);
        assertThat(history.within(Duration.ofHours(1), START.plus(Duration.ofMinutes(75))))
                .isEqualTo(10 + 45);
        assertThat(history.within(Duration.ofHours(1), START.plus(Duration.ofHours(2))))
                .isEqualTo(10);
    }

    @Test
    void aDayAndFiveDaysLookBackAsFar() {
        var history = NONE;
        for (int hour = 0; hour < 240; hour++) {
            history = history.plus("contoso", HOUR + hour, 10).upTo(START.plus(Duration.ofHours(hour)));
        }
        Instant now = START.plus(Duration.ofDays(10));

        assertThat(history.within(RateWindow.DAY.length(), now)).isEqualTo(240);
        assertThat(history.within(RateWindow.FIVE_DAYS.length(), now)).isEqualTo(1_200);
        assertThat(of(history, "contoso").total()).isEqualTo(2_400);
    }

    @Test
    void itHoldsNoMoreHoursThanFiveDaysHave() {
        var history = NONE;
        for (int hour = 0; hour < 500; hour++) {
            history = history.plus("contoso", HOUR + hour, 1).upTo(START.plus(Duration.ofHours(hour)));
        }

        assertThat(of(history, "contoso").hours()).hasSize(RegistrationHistory.HOURS_MAX);
    }

    @Test
    void ownersThatComeTooLateShareOne() {
        var history = NONE;
        for (int owner = 0; owner < RegistrationHistory.OWNERS_MAX + 5; owner++) {
            history = history.plus("tenant-" + owner, HOUR, 1);
        }

        assertThat(history.owners()).hasSize(RegistrationHistory.OWNERS_MAX + 1);
        assertThat(of(history, RegistrationHistory.OTHERS).total()).isEqualTo(5);
    }

    @Test
    void severalInstancesAddUp() {
        var one = NONE.plus("contoso", HOUR, 3);
        var two = RegistrationHistory.beginning(START.minusSeconds(60))
                .plus("contoso", HOUR, 4)
                .plus("fabrikam", HOUR, 5);

        var sum = RegistrationHistory.together(List.of(one, two), START);

        assertThat(sum.since()).isEqualTo(START.minusSeconds(60));
        assertThat(of(sum, "contoso").total()).isEqualTo(7);
        assertThat(sum.within(Duration.ofHours(1), START)).isEqualTo(12);
    }

    @Test
    void registrationsRunOutAtTheirRate() {
        var history = NONE.plus("contoso", HOUR, 240);

        var rate = Rate.of(RateWindow.DAY, history, 100, START.plus(Duration.ofDays(1)));

        assertThat(rate.perHour()).isEqualTo(10);
        assertThat(rate.runsOutAt()).isEqualTo(START.plus(Duration.ofDays(1)).plus(Duration.ofHours(10)));
    }

    @Test
    void whatIsCountedForLessThanTheWindowIsARateOverThatTimeButAnHourAtLeast() {
        var history = NONE.plus("contoso", HOUR, 120);

        assertThat(Rate.of(RateWindow.FIVE_DAYS, history, 1, START.plus(Duration.ofHours(2)))
                        .perHour())
                .isEqualTo(60);
        assertThat(Rate.of(RateWindow.FIVE_DAYS, history, 1, START.plus(Duration.ofMinutes(1)))
                        .perHour())
                .isEqualTo(120);
    }

    @Test
    void whereNothingComesNothingRunsOut() {
        assertThat(Rate.of(RateWindow.HOUR, NONE, 5, START).runsOutAt()).isNull();
        assertThat(Rate.of(RateWindow.HOUR, NONE.plus("contoso", HOUR, 1), 1_000_000_000, START)
                        .runsOutAt())
                .isNull();
    }

    @Test
    void whatIsFullHasRunOut() {
        assertThat(Rate.of(RateWindow.HOUR, NONE, 0, START).runsOutAt()).isEqualTo(START);
    }

    private static Granted of(RegistrationHistory history, String owner) {
        return Objects.requireNonNull(history.owners().get(owner));
    }
}
