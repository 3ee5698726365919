package dev.berth.simulation;

import java.time.Duration;

/** Something that goes wrong, or changes, at {@code at} after the start, and ends after {@code lasts}. */
public sealed interface Disturbance {
    Duration at();

    /** A replica dies with all it holds, and another one starts in its place. */
    record Crash(int replica, Duration at, Duration lasts) implements Disturbance {}

    /** A replica stands still, as by SIGSTOP, and goes on with what it held. */
    record Pause(int replica, Duration at, Duration lasts) implements Disturbance {}

    /** A replica does not reach the store. */
    record Partition(int replica, Duration at, Duration lasts) implements Disturbance {}

    /** A replica's clock is set ahead, or back if {@code ahead} is negative, and later right again. */
    record ClockSet(int replica, Duration ahead, Duration at, Duration lasts) implements Disturbance {}

    /** Devices do not reach a DPS instance. */
    record Outage(int instance, Duration at, Duration lasts) implements Disturbance {}

    /** An instance takes {@code perMinute} for a while. DPS itself always allows the larger number while devices sleep until older slots. */
    record OtherLimit(int instance, int perMinute, Duration at, Duration lasts) implements Disturbance {}

    /** Another instance is there, for good. */
    record Join(Duration at) implements Disturbance {}

    /** An instance keeps the devices that it has, and takes no others. */
    record Drain(int instance, Duration at, Duration lasts) implements Disturbance {}
}
