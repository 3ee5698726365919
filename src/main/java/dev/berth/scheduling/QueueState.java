package dev.berth.scheduling;

import java.time.Instant;

/**
 * A pool's queue.
 *
 * @param ticketsGiven the number the next ticket gets
 * @param watermark every ticket with a lower number is admitted
 * @param movedAt when the watermark moved last
 */
public record QueueState(long ticketsGiven, long watermark, Instant movedAt) {
    public static final QueueState EMPTY = new QueueState(0, 0, Instant.EPOCH);
}
