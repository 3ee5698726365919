package dev.berth.emulator.instance;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The newest register operation of a device.
 *
 * @param high first half of its UUID
 * @param low second half
 * @param begunMicros when it began, since the epoch
 * @param doneAt when its outcome shows, in the emulator's monotonic nanoseconds; {@link #OPEN} as long as nobody knows
 * @param failure why it came to nothing, if it did
 * @param issued what a device got that asked for a certificate: DER, leaf first
 */
public record Operation(
        long high,
        long low,
        long begunMicros,
        long doneAt,
        @Nullable AllocationFailure failure,
        @Nullable List<byte[]> issued) {
    public static final long OPEN = Long.MAX_VALUE;

    static Operation begin(Instant at, @Nullable List<byte[]> issued) {
        var id = UUID.randomUUID();
        return new Operation(
                id.getMostSignificantBits(), id.getLeastSignificantBits(), Micros.of(at), OPEN, null, issued);
    }

    Operation done(long doneAt, @Nullable AllocationFailure failure) {
        return new Operation(high, low, begunMicros, doneAt, failure, issued);
    }

    boolean done(long now) {
        return now >= doneAt;
    }

    boolean is(Operation other) {
        return high == other.high && low == other.low;
    }

    public UUID id() {
        return new UUID(high, low);
    }

    /** Changes with every operation and tells nobody its ID. */
    public UUID etag() {
        return new UUID(low, Long.rotateLeft(high, 32));
    }
}
