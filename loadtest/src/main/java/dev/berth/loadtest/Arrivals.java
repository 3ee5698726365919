package dev.berth.loadtest;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;

import io.gatling.javaapi.core.OpenInjectionStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** When devices come. Each makes exactly as many come as it is told, so that it is known which device comes when. */
final class Arrivals {
    /** As many more a second in each part of a rise as in the part before. */
    private static final int PARTS_OF_RISE = 10;

    private static final double[] RINGS_END = {0.01, 0.1, 0.4, 1};

    /** A ring has come after this share of the time between two rings. */
    private static final double RING_WIDTH = 0.2;

    private Arrivals() {}

    static List<OpenInjectionStep> atOnce(int count) {
        return List.of(atOnceUsers(count));
    }

    static List<OpenInjectionStep> evenly(int count, Duration over) {
        return List.of(ramp(count, over));
    }

    /** From next to none a second to twice the mean. */
    static List<OpenInjectionStep> rising(int count, Duration over) {
        var steps = new ArrayList<OpenInjectionStep>();
        var part = wholeSeconds(over.dividedBy(PARTS_OF_RISE));
        int come = 0;
        for (int n = 1; n <= PARTS_OF_RISE; n++) {
            int upToNow = (int) ((long) count * n * n / (PARTS_OF_RISE * PARTS_OF_RISE));
            steps.add(
                    come == upToNow
                            ? nothingFor(part)
                            : rampUsers(upToNow - come).during(part));
            come = upToNow;
        }
        return steps;
    }

    /** As operators roll updates out: 1, 9, 30, and 60 % of the fleet, each in a rush, and a time to look in between. */
    static List<OpenInjectionStep> inRings(int count, Duration over) {
        var steps = new ArrayList<OpenInjectionStep>();
        var ring = over.dividedBy(RINGS_END.length);
        var rush = wholeSeconds(Duration.ofMillis((long) (ring.toMillis() * RING_WIDTH)));
        var look = wholeSeconds(ring.minus(rush));
        int come = 0;
        for (double end : RINGS_END) {
            int upToNow = (int) Math.round(count * end);
            steps.add(
                    come == upToNow
                            ? nothingFor(rush)
                            : rampUsers(upToNow - come).during(rush));
            steps.add(nothingFor(look));
            come = upToNow;
        }
        return steps;
    }

    private static OpenInjectionStep ramp(int count, Duration over) {
        return count == 0 ? nothingFor(over) : rampUsers(count).during(over);
    }

    /** Gatling ends a scenario at once that has pauses of other lengths. */
    private static Duration wholeSeconds(Duration duration) {
        return Duration.ofSeconds(Math.max(1, Math.round(duration.toMillis() / 1e3)));
    }
}
