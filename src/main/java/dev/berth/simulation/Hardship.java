package dev.berth.simulation;

import java.time.Duration;
import java.util.List;

/**
 * What a fleet has to bear.
 *
 * @param lateShare of all wakings that are later than the device may begin to register; it then asks again
 * @param lostAnswerShare of all answers to devices, Berth's and DPS's, that do not arrive; the device asks again
 * @param lostStoreAnswerShare of all writes that are done and not acknowledged
 * @param slowWriteShare of all writes that take a while after what they rest on was read
 * @param askedTwiceShare of all asks that a device makes twice at once, because a connection broke; it hears one answer
 */
public record Hardship(
        double lateShare,
        double lostAnswerShare,
        double lostStoreAnswerShare,
        double slowWriteShare,
        double askedTwiceShare,
        List<Disturbance> disturbances) {
    public static final Hardship NONE = new Hardship(0, 0, 0, 0, 0, List.of());

    /** These disturbances and nothing else. */
    public static Hardship of(List<Disturbance> disturbances) {
        return new Hardship(0, 0, 0, 0, 0, disturbances);
    }

    public Hardship {
        disturbances = List.copyOf(disturbances);
    }

    /** Whether the instance takes no new devices for a while, or for good. */
    boolean drains(int instance) {
        return disturbances.stream()
                .anyMatch(
                        disturbance -> disturbance instanceof Disturbance.Drain drain && drain.instance() == instance);
    }

    /** When further instances are there, the first first. */
    List<Duration> joins() {
        return disturbances.stream()
                .filter(Disturbance.Join.class::isInstance)
                .map(Disturbance::at)
                .sorted()
                .toList();
    }
}
