package dev.berth.emulator.instance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an instance has counted since it started or its state was deleted.
 *
 * @param limitPerMinute its quota of registrations a minute
 * @param registrations register requests that were accepted (202 or 200), repeated ones included
 * @param worstSlidingMinute the most of them that any sliding minute held, counted at arrival
 * @param currentSlidingMinute those of the minute up to now
 * @param throttled requests of devices answered 429 because of a quota, whatever they asked
 * @param refused register requests answered with any other error, or with status {@code disabled}
 * @param registered registration records, so devices
 * @param polls operation status lookups that were let through
 * @param lookups registration status lookups that were let through
 * @param operations service API requests that were let through
 * @param throttledOperations service API requests answered 429
 * @param firstAcceptedAt arrival of the first accepted register request
 * @param lastAcceptedAt arrival of the last accepted register request
 */
public record InstanceReport(
        String name,
        String idScope,
        int limitPerMinute,
        long registrations,
        int worstSlidingMinute,
        int currentSlidingMinute,
        long throttled,
        long refused,
        int registered,
        long polls,
        long lookups,
        long operations,
        long throttledOperations,
        @Nullable Instant firstAcceptedAt,
        @Nullable Instant lastAcceptedAt) {}
