package dev.berth.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoResultTest {
    private static final DemoPlan PLAN = new DemoPlan(3_500, 3, 1_000, 7, false);

    @Test
    void keepsItsPromisesWhenAllRegisteredWithinTheLimit() {
        assertThat(result(3_500, 71.5, 979, 0).brokenPromises()).isEmpty();
    }

    @Test
    void breaksAPromiseForEachThingThatWentWrong() {
        assertThat(result(3_499, 71.5, 1_001, 3).brokenPromises())
                .containsExactly(
                        "1 of 3,500 devices did not register",
                        "dps-1 answered 429 3 times",
                        "dps-1 saw 1,001 registrations in a minute, its limit is 1,000");
    }

    @Test
    void wantsTheLimitUsedOnceAMinuteHasPassed() {
        assertThat(result(3_500, 71.5, 899, 0).brokenPromises())
                .containsExactly("dps-1 was used to 89.9 % of its limit only");
        assertThat(result(3_500, 12, 200, 0).brokenPromises()).isEmpty();
    }

    @Test
    void writesWhatIsPinnedAndNoMore() {
        var json = new JsonMapper().valueToTree(result(3_500, 71.5, 979, 0));

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "devices",
                        "assigned",
                        "registered",
                        "failed",
                        "elapsedSeconds",
                        "idealSeconds",
                        "sdkDevices",
                        "seed",
                        "instances");
        assertThat(json.path("instances").path(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "name", "idScope", "limitPerMinute", "registrations", "worstSlidingMinute", "throttled");
    }

    @Test
    void reportsTheTableAndTheVerdict() {
        String kept = DemoReport.of(PLAN, result(3_500, 71.5, 979, 0));
        String broken = DemoReport.of(PLAN, result(3_499, 71.5, 979, 0));

        assertThat(kept).contains("dps-1", "97.9 %", "KEPT");
        assertThat(broken)
                .contains("BROKEN: 1 of 3,500 devices did not register")
                .doesNotContain("KEPT");
    }

    @Test
    void showsTheUnscheduledRunBesideBerth() {
        var plan = new DemoPlan(3_500, 3, 1_000, 7, true);

        assertThat(DemoReport.of(plan, result(3_480, 71.5, 1_000, 12_345)))
                .contains("without Berth", "12,345")
                .doesNotContain("BROKEN", "KEPT");
    }

    private static DemoResult result(int registered, double idealSeconds, int worstSlidingMinute, long throttled) {
        var instance =
                new DemoResult.Instance("dps-1", "0ne00000001", 1_000, registered, worstSlidingMinute, throttled);
        return new DemoResult(
                3_500, 3_500, registered, 3_500 - registered, 72, idealSeconds, 105, 7, List.of(instance));
    }
}
