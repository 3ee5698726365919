package dev.berth.scheduling;

import static dev.berth.scheduling.RegistrationResult.REFUSED;
import static dev.berth.scheduling.RegistrationResult.TAKEN;
import static dev.berth.scheduling.RegistrationResult.THROTTLED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleReportsTest {
    private final VirtualClock clock = new VirtualClock();
    private final ThrottleReports reports = new ThrottleReports();
    private int devices;

    @Test
    void threeDevicesWithinAMinuteAreBelieved() {
        assertThat(anotherReports(THROTTLED)).isZero();
        assertThat(anotherReports(THROTTLED)).isZero();
        assertThat(anotherReports(THROTTLED)).isEqualTo(ThrottleReports.PAUSE_MIN);
    }

    @Test
    void oneDeviceIsNeverBelievedHoweverOftenItSaysSo() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(reports("liar", THROTTLED)).isZero();
        }
    }

    @Test
    void devicesThatAreThrottledMinutesApartAreNotBelieved() {
        for (int i = 0; i < 20; i++) {
            assertThat(anotherReports(THROTTLED)).isZero();
            clock.advance(Duration.ofSeconds(31));
        }
    }

    @Test
    void otherFailuresSayNothingOfTheRate() {
        for (int i = 0; i < 100; i++) {
            assertThat(anotherReports(REFUSED)).isZero();
        }
    }

    @Test
    void aFleetThatRegistersWellOutweighsAFew() {
        for (int i = 0; i < 900; i++) {
            assertThat(anotherReports(TAKEN)).isZero();
        }
        for (int i = 0; i < 10; i++) {
            assertThat(anotherReports(THROTTLED)).isZero();
        }
    }

    @Test
    void oneInTwentyIsEnough() {
        for (int i = 0; i < 190; i++) {
            anotherReports(TAKEN);
        }
        for (int i = 1; i < 10; i++) {
            assertThat(anotherReports(THROTTLED)).isZero();
        }
        assertThat(anotherReports(THROTTLED)).isPositive();
    }

    @Test
    void aReportCountsOnlyNearItsSlot() {
        for (int i = 0; i < 10; i++) {
            var slot = clock.instant().minus(ThrottleReports.HEARD_WITHIN).minusMillis(1);
            assertThat(reports.heard("d" + i, slot, THROTTLED, clock.instant())).isZero();
            assertThat(reports.heard("d" + i, clock.instant().plusMillis(1), THROTTLED, clock.instant()))
                    .isZero();
        }
    }

    @Test
    void pausesDoubleUpToABoundAndBeginAgainAfterACalm() {
        var expected = new int[] {5, 10, 20, 40, 60, 60};
        for (int seconds : expected) {
            assertThat(untilBelieved()).isEqualTo(Duration.ofSeconds(seconds));
        }
        clock.advance(Duration.ofMinutes(15));
        assertThat(untilBelieved()).isEqualTo(ThrottleReports.PAUSE_MIN);
    }

    @Test
    void ifAllLieTheInstanceIsStillOpenThreeQuartersOfTheTime() {
        var paused = Duration.ZERO;
        for (int second = 0; second < 7_200; second++) {
            for (int i = 0; i < 20; i++) {
                paused = paused.plus(anotherReports(THROTTLED));
            }
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(paused)
                .isBetween(Duration.ofMinutes(20), Duration.ofMinutes(30).plus(ThrottleReports.PAUSE_MAX));
    }

    @Test
    void noNumberOfReportsMakesItRememberMoreThanItsBound() {
        for (int i = 0; i < 100_000; i++) {
            anotherReports(TAKEN);
        }
        int believedAfter = 0;
        while (anotherReports(THROTTLED).isZero()) {
            believedAfter++;
        }
        assertThat(believedAfter).isLessThan(ThrottleReports.DEVICES_MAX);
    }

    private Duration untilBelieved() {
        var pause = Duration.ZERO;
        while (pause.isZero()) {
            pause = anotherReports(THROTTLED);
            clock.advance(Duration.ofMillis(100));
        }
        return pause;
    }

    private Duration anotherReports(RegistrationResult result) {
        return reports("device-" + devices++, result);
    }

    private Duration reports(String device, RegistrationResult result) {
        return reports.heard(device, clock.instant().minusSeconds(1), result, clock.instant());
    }
}
