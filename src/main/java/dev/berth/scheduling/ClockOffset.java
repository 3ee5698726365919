package dev.berth.scheduling;

import dev.berth.inventory.RepositoryUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far this replica's clock is from the store's, and whether that still lets it give slots.
 *
 * <p>Slots are instants, and replicas agree on them through the store; but how long a device has to sleep until its slot is reckoned by the
 * clock of the replica that tells it. If two of these disagree by more than the arrival spread has room for, two slots that are a proper
 * distance apart are told so that both devices arrive together, and the proof in {@link SlotSpacing} is void. What is said about clocks
 * therefore has to be measured and not hoped.
 *
 * <p><b>Measured.</b> A look at the store's clock happens between two looks at our own. Were the way there as long as the way back, the
 * store's answer would belong to the midpoint; it need not be, so half of the round trip stays in doubt on either side, and so does what
 * the store rounds away (a header in whole seconds leaves a second). Each look thus gives an interval in which the offset lies. It lies in
 * all of them, so the intersection of the last {@value #SAMPLES_MAX} counts: the quickest round trip of them bounds it, and looks at
 * different parts of a second narrow a second down. An older look is widened by what two clocks drift apart meanwhile. If the looks contradict
 * each other, the clock was set in between, and only the newest is kept.
 *
 * <p><b>Bounded.</b> Two replicas may err in opposite directions, so each may be off by half of {@link SchedulingSettings#clockSkewMax}, and
 * that includes the doubt: what is not known to be within the bound counts as beyond it, a replica that never looked and one whose
 * last look is older than {@link #FRESH_FOR} among them.
 *
 * <p><b>Beyond the bound</b> {@link Scheduler} gives no slot, not even one that it holds, and leases none; devices are told to come back,
 * and readiness sends them to other replicas. Looks go on, so that it comes back by itself. What it held meanwhile is past, or given.
 *
 * <p><b>Between two looks.</b> A clock that is set comes apart from the machine's ticker, which only counts time. So an estimate is carried
 * forward by the difference of the two, and a step shows in the decision that follows it, without a look.
 *
 * <p><b>What remains.</b> When a machine stands still, clock and ticker stop together. That shows at the next look, a second later at most.
 * Until then a replica tells of no more than the block that it holds of each instance and those it leases in that second.
 */
public final class ClockOffset {
    /** As many looks, one a second, are compared. */
    static final int SAMPLES_MAX = 32;

    /** How long a look is believed when no other follows. */
    static final Duration FRESH_FOR = Duration.ofSeconds(30);

    /** The most by which two clocks drift apart in a second: what an operating system turns its clock at most. */
    static final Duration DRIFT_PER_SECOND = Duration.ofNanos(500_000);

    private static final long HOUR_SECONDS = 3_600;

    private final StoreTime store;
    private final Duration bound;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private volatile @Nullable Known known;

    /** @param ticker nanoseconds that only ever count up, whatever {@code clock} is set to */
    public ClockOffset(StoreTime store, SchedulingSettings settings, InstantSource clock, LongSupplier ticker) {
        this.store = store;
        this.bound = settings.clockOffsetMax();
        this.clock = clock;
        this.ticker = ticker;
    }

    /** One that notices a step of the clock at the next look only. */
    public ClockOffset(StoreTime store, SchedulingSettings settings, InstantSource clock) {
        this(store, settings, clock, () -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()));
    }

    /** The store's time less ours lies between {@code least} and {@code most}, as of {@code at}. */
    public record Estimate(Duration least, Duration most, Instant at) {
        /** The middle of what is possible. */
        public Duration offset() {
            return least.plus(most).dividedBy(2);
        }

        /** How far the truth may be from the middle. */
        public Duration uncertainty() {
            return most.minus(least).dividedBy(2);
        }
    }

    /** An estimate, and what the ticker showed then. */
    private record Known(Estimate estimate, long leastNanos, long mostNanos, long tick) {
        /** Called for every device, so it makes no objects. */
        boolean isWithin(long boundNanos, Instant now, long tickNow) {
            long elapsed = tickNow - tick;
            long setAhead = nanosBetween(estimate.at(), now) - elapsed;
            return elapsed <= FRESH_FOR.toNanos()
                    && leastNanos - setAhead >= -boundNanos
                    && mostNanos - setAhead <= boundNanos;
        }
    }

    private record Sample(Duration least, Duration most, Instant at) {
        Sample widenedUntil(Instant now) {
            Duration drift = DRIFT_PER_SECOND.multipliedBy(
                    Math.max(0, Duration.between(at, now).toSeconds()));
            return new Sample(least.minus(drift), most.plus(drift), now);
        }
    }

    /** Looks once; call it every second. A store that is away leaves what is known, which ages. */
    public synchronized void measure() {
        try {
            Instant before = clock.instant();
            StoreTime.Reading reading = store.read();
            Instant after = clock.instant();
            Duration least = Duration.between(after, reading.earliest());
            Duration most = Duration.between(before, reading.earliest().plus(reading.precision()));
            if (least.compareTo(most) <= 0) { // or else the clock was set while we looked
                add(new Sample(least, most, after));
            }
        } catch (RepositoryUnavailableException outage) {
            // Nothing was learned.
        }
    }

    /** What is known; empty before the first look. */
    public Optional<Estimate> estimate() {
        return Optional.ofNullable(known).map(Known::estimate);
    }

    /** Whether the offset is known to be within the bound. */
    public boolean isWithinBound() {
        Known last = known;
        return last != null && last.isWithin(bound.toNanos(), clock.instant(), ticker.getAsLong());
    }

    private void add(Sample newest) {
        samples.addLast(newest);
        if (samples.size() > SAMPLES_MAX) {
            samples.removeFirst();
        }
        Estimate common = common(newest.at());
        if (common.least().compareTo(common.most()) > 0) {
            samples.clear();
            samples.addLast(newest);
            common = common(newest.at());
        }
        known = new Known(common, nanos(common.least()), nanos(common.most()), ticker.getAsLong());
    }

    private Estimate common(Instant now) {
        Sample first = samples.getLast();
        Duration least = first.least();
        Duration most = first.most();
        for (Sample sample : samples) {
            Sample widened = sample.widenedUntil(now);
            least = least.compareTo(widened.least()) > 0 ? least : widened.least();
            most = most.compareTo(widened.most()) < 0 ? most : widened.most();
        }
        return new Estimate(least, most, now);
    }

    private static long nanosBetween(Instant from, Instant to) {
        return nanos(to.getEpochSecond() - from.getEpochSecond(), to.getNano() - from.getNano());
    }

    private static long nanos(Duration duration) {
        return nanos(duration.getSeconds(), duration.getNano());
    }

    /** More than an hour is as good as an hour: neither fresh nor within any bound; and a clock may show any year. */
    private static long nanos(long seconds, long more) {
        return Math.clamp(seconds, -HOUR_SECONDS, HOUR_SECONDS) * 1_000_000_000 + more;
    }
}
