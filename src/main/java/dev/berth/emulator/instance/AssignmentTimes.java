package dev.berth.emulator.instance;

import java.time.Duration;

/**
 * How long an assignment takes, and how soon a device that waits for it is told to ask again.
 *
 * @param assignDelay from the register request to the hub
 * @param retryAfterSeconds also said to whoever is over a quota
 */
public record AssignmentTimes(Duration assignDelay, int retryAfterSeconds) {
    public static final AssignmentTimes DEFAULT = new AssignmentTimes(Duration.ofSeconds(1), 3);
}
