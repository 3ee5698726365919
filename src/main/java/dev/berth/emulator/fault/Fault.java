package dev.berth.emulator.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One fault of one instance.
 *
 * @param rate the share of requests that it hits, 0 to 1
 * @param on the requests that it may hit
 * @param delay how long a request that it hits waits first
 * @param duration when it ends by itself, counted from when it was put; empty for never
 */
public record Fault(FaultEffect effect, double rate, Set<FaultTarget> on, Delay delay, Optional<Duration> duration) {
    public FaultKind kind() {
        return effect.kind();
    }
}
