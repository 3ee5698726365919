package dev.berth.emulator.fault;

import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A fault from when it was put until it ends, with the chance of its own that picks its requests. */
final class ActiveFault {
    private static final long NEVER = Long.MAX_VALUE;

    private final Fault fault;
    private final RandomGenerator random;
    private final long endsAt;

    private ActiveFault(Fault fault, RandomGenerator random, long endsAt) {
        this.fault = fault;
        this.random = random;
        this.endsAt = endsAt;
    }

    static ActiveFault of(Fault fault, long seed, String instance, long now) {
        var random = new SplittableRandom(seed ^ (long) Objects.hash(instance, fault.kind().wireName) << Integer.SIZE);
        long endsAt = fault.duration().map(duration -> now + duration.toNanos()).orElse(NEVER);
        return new ActiveFault(fault, random, endsAt);
    }

    /** How one request that it hits fares. */
    record Hit(FaultKind kind, Duration delay, Disruption disruption, Duration perByte) {}

    Fault fault() {
        return fault;
    }

    boolean over(long now) {
        return now >= endsAt;
    }

    Duration remaining(long now) {
        return Duration.ofNanos(endsAt - now);
    }

    boolean endless() {
        return endsAt == NEVER;
    }

    /** Decides about the next request that it may hit; null for one that it spares. */
    @Nullable Hit next(FaultTarget target, long now) {
        if (!fault.on().contains(target)) {
            return null;
        }
        // Drawn for spared ones as well, so that a rate hits a part of what a higher one does.
        var chance = new SplittableRandom(random.nextLong());
        boolean spared = chance.nextDouble() >= fault.rate();
        return spared ? null : new Hit(fault.kind(), fault.delay().draw(chance), disruption(chance, now), perByte());
    }

    private Duration perByte() {
        return fault.effect() instanceof FaultEffect.Drip(var perByte) ? perByte : Duration.ZERO;
    }

    private Disruption disruption(RandomGenerator chance, long now) {
        return switch (fault.effect()) {
            case FaultEffect.Latency latency -> new Disruption.None();
            case FaultEffect.Drip drip -> new Disruption.None();
            case FaultEffect.ResetBefore reset -> new Disruption.ResetBefore();
            case FaultEffect.Outage outage -> new Disruption.ResetBefore();
            case FaultEffect.Failover failover -> new Disruption.ResetBefore();
            case FaultEffect.ResetAfter reset -> new Disruption.ResetAfter();
            case FaultEffect.Hang hang -> new Disruption.Silence(silence(now));
            case FaultEffect.Throttle(var retryAfter) ->
                new Disruption.Refusal(
                        new InjectedError(429, 429001, "Operations are being throttled for this tenant.", retryAfter));
            case FaultEffect.ServerError(int status, var retryAfter) ->
                new Disruption.Refusal(new InjectedError(status, status * 1_000, "Injected server error", retryAfter));
            case FaultEffect.Malformed(var how) -> new Disruption.Spoilt(how.orElseGet(() -> any(chance)));
        };
    }

    private Duration silence(long now) {
        return endless() || remaining(now).compareTo(Delay.MAX) > 0 ? Delay.MAX : remaining(now);
    }

    private static MalformedKind any(RandomGenerator chance) {
        var kinds = MalformedKind.values();
        return kinds[chance.nextInt(kinds.length)];
    }
}
