package dev.berth.emulator.fault;

import java.time.Duration;

/**
 * What goes wrong with one request, decided once when it has come in whole.
 *
 * @param delay how long it waits before the instance sees it or the disruption strikes
 * @param disruption what happens then
 * @param perByte how long each byte of the answer's body takes; zero for no time
 */
public record FaultPlan(Duration delay, Disruption disruption, Duration perByte) {
    /** Nothing goes wrong. */
    public static final FaultPlan NONE = new FaultPlan(Duration.ZERO, new Disruption.None(), Duration.ZERO);

    /** Whether a transport has anything to do about it. */
    public boolean harmless() {
        return this.equals(NONE);
    }

    FaultPlan and(ActiveFault.Hit hit) {
        return new FaultPlan(
                delay.plus(hit.delay()),
                disruption instanceof Disruption.None ? hit.disruption() : disruption,
                perByte.plus(hit.perByte()));
    }
}
