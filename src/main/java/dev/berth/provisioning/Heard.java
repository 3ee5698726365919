package dev.berth.provisioning;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one call of the store told of a device's document: it stood like this at some moment between two ticks.
 *
 * @param version of the document; null if the call did not tell
 * @param device null if there is nothing to repeat
 */
record Heard(
        long began,
        long ended,
        @Nullable String version,
        @Nullable KnownDevice device) {

    /**
     * Both together: the later of the two; of two that ran at the same time nobody knows which saw the later document, so that unless they saw
     * the same one, nothing is known any more.
     */
    Heard and(Heard other) {
        if (other.began > ended) {
            return other;
        }
        if (other.ended < began) {
            return this;
        }
        var both = new Heard(Math.max(began, other.began), Math.max(ended, other.ended), version, device);
        return Objects.equals(version, other.version) ? both : both.unsure();
    }

    /** The same calls, and nothing of what they told. */
    Heard unsure() {
        return new Heard(began, ended, null, null);
    }
}
