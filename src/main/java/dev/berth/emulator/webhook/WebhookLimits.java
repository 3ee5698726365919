package dev.berth.emulator.webhook;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How long, how often and how much. DPS publishes none of it.
 *
 * @param timeout from the call to the last byte of the answer
 * @param callsMax calls at the same time, of all instances; one more fails at once
 * @param bytesMax of an answer's body
 * @param caFile CAs, in PEM, that are trusted beside those of the JVM
 */
public record WebhookLimits(Duration timeout, int callsMax, int bytesMax, Optional<Path> caFile) {
    public static final WebhookLimits DEFAULT =
            new WebhookLimits(Duration.ofSeconds(5), 1_024, 96 * 1024, Optional.empty());
}
