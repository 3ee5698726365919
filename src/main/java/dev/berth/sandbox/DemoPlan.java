package dev.berth.sandbox;

import java.time.Duration;

/**
 * What a demo is to show.
 *
 * @param limitPerMinute the registrations a minute that each emulated instance takes
 * @param seed decides the devices' names and the order in which they ask
 * @param unscheduled devices go to DPS at once and by themselves, without Berth
 */
public record DemoPlan(int devices, int instances, int limitPerMinute, long seed, boolean unscheduled) {
    private static final int DEVICES_MAX = 100_000;
    private static final int INSTANCES_MAX = 100;
    private static final int LIMIT_MAX = 1_000_000;

    /** How far apart the delays of two devices of the demo can be; Berth's default for direct mode. */
    static final Duration ARRIVAL_SPREAD = Duration.ofMillis(1_200);

    private static final int SDK_DEVICES_MIN = 100;
    private static final int SDK_DEVICES_PERCENT = 3;

    public DemoPlan {
        require("devices", devices, DEVICES_MAX);
        requireInstances(instances, limitPerMinute);
    }

    /** {@link IllegalArgumentException} unless so many instances of such a limit can be emulated. */
    public static void requireInstances(int instances, int limitPerMinute) {
        require("instances", instances, INSTANCES_MAX);
        require("limit", limitPerMinute, LIMIT_MAX);
    }

    /** How many register with the official SDK: every 33rd, at least 100, but never more than half of them. */
    public int sdkDevices() {
        return Math.min(devices / 2, Math.max(SDK_DEVICES_MIN, devices * SDK_DEVICES_PERCENT / 100));
    }

    /** Whether the device at this place of the order registers with the official SDK; they are spread evenly. */
    boolean usesSdk(int place) {
        return (long) place * sdkDevices() / devices != (place + 1L) * sdkDevices() / devices;
    }

    /** The time between two slots of one instance: any {@code limit} arrivals then span more than a minute. */
    double slotSeconds() {
        double minute = (60_000 + ARRIVAL_SPREAD.toMillis()) / 1e3;
        return limitPerMinute == 1 ? minute : minute / (limitPerMinute - 1);
    }

    /** How long the fleet takes when no slot of any instance is lost. */
    public double idealSeconds() {
        return devices * slotSeconds() / instances;
    }

    private static void require(String what, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(what + " must be 1 to " + max);
        }
    }
}
