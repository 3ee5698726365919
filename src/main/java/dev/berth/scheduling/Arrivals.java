package dev.berth.scheduling;

import dev.berth.inventory.Limits;
import java.time.Duration;
import java.util.Optional;

/**
 * When the devices of one DPS instance really came, beside when they were told to, and which arrival spread that suggests.
 *
 * <p>The spread {@code J} is the one number of {@link SlotSpacing} that nobody publishes: it depends on devices, networks and clocks, and each
 * second of it costs 1.6 % of the rate. Too small, the limit may be passed; too large, rate is given away for nothing. So it is observed.
 *
 * <p>DPS's own word is the better: its records say when it saw a device, and two devices' lateness can be subtracted, whatever DPS's clock
 * says. A device's report only says that it had registered by then, polls and all. That bounds the spread from above, and so may suggest a
 * smaller one and never a larger.
 *
 * <p>What is suggested is the distance between the earliest and the latest in a thousand, and a tenth for what was not seen. It is a proposal
 * and nothing else: Berth never applies it, since an hour of fine weather says little of the next storm.
 */
public final class Arrivals {
    /** Fewer say nothing of one in a thousand. */
    static final int OBSERVATIONS_MIN = 1_000;

    private static final double LATEST = 0.999;
    private static final double EARLIEST = 0.001;
    private static final int MARGIN = 10; // a tenth
    private static final Duration GRAIN = Duration.ofMillis(100);

    private final Lateness seen = new Lateness();
    private final Lateness reported = new Lateness();

    /** By DPS's own word. */
    public Lateness seen() {
        return seen;
    }

    /** At the latest, by what devices reported. */
    public Lateness reported() {
        return reported;
    }

    /** DPS saw a registration so long after its slot. */
    public void saw(Duration lateness) {
        seen.add(lateness);
    }

    /** A device reported so long after its slot that it is registered. */
    public void wasReported(Duration lateness) {
        reported.add(lateness);
    }

    /** Another arrival spread than that of {@code limits}; empty while too little is known, or it is right as it is. */
    public Optional<Duration> proposedSpread(Limits limits, SchedulingSettings settings) {
        Duration current = limits.arrivalSpread();
        Optional<Duration> byDps = seen.count() >= OBSERVATIONS_MIN ? span(seen) : Optional.empty();
        Optional<Duration> atMost = reported.count() >= OBSERVATIONS_MIN ? reported.quantile(LATEST) : Optional.empty();
        return byDps.map(span -> withMargin(span, settings))
                .or(() -> atMost.map(span -> withMargin(span, settings)).filter(bound -> bound.compareTo(current) < 0))
                .filter(proposed -> proposed.minus(current).abs().compareTo(GRAIN) > 0);
    }

    private static Optional<Duration> span(Lateness lateness) {
        return lateness.quantile(LATEST)
                .flatMap(latest -> lateness.quantile(EARLIEST).map(latest::minus))
                .map(span -> span.plusMillis(Lateness.STEP_MILLIS));
    }

    /** In whole tenths of a second, and no less than the window that devices are given needs. */
    private static Duration withMargin(Duration span, SchedulingSettings settings) {
        long millis = span.plus(span.dividedBy(MARGIN)).toMillis();
        Duration rounded = GRAIN.multipliedBy(Math.ceilDiv(millis, GRAIN.toMillis()));
        Duration least = settings.arrivalSpreadMin();
        Duration proposed = rounded.compareTo(least) < 0 ? least : rounded;
        return proposed.compareTo(Limits.ARRIVAL_SPREAD_MAX) > 0 ? Limits.ARRIVAL_SPREAD_MAX : proposed;
    }
}
