package dev.berth.simulation;

import java.time.Duration;

/** Something that goes wrong, or changes, at {@code at} after the start, and ends after {@code lasts}. */
public sealed interface Disturbance {
    Duration at();

    /** What begins then, for a reader who counts from 1. */
    default String words() {
        return switch (this) {
            case Crash(int replica, var _, var _) -> "replica %d dies".formatted(replica + 1);
            case Pause(int replica, var _, var _) -> "replica %d stands still".formatted(replica + 1);
            case Partition(int replica, var _, var _) -> "replica %d loses the store".formatted(replica + 1);
            case ClockSet(int replica, var _, var _, var _) -> "replica %d is off in time".formatted(replica + 1);
            case Outage(int instance, var _, var _) -> "instance %d is away".formatted(instance + 1);
            case OtherLimit(int instance, int perMinute, var _, var _) ->
                "instance %d takes %,d a minute".formatted(instance + 1, perMinute);
            case Join _ -> "an instance joins";
            case Drain(int instance, var _, var _) -> "instance %d drains".formatted(instance + 1);
        };
    }

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
