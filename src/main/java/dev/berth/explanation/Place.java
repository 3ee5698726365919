package dev.berth.explanation;

import dev.berth.scheduling.Ticket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a device stands in its queue.
 *
 * @param ahead tickets before it that are not admitted yet
 * @param waiting all that are not admitted yet
 * @param share its queue's part of the slots of its instances, between 0 and 1
 * @param others how many more queues wait at these instances
 * @param admitted whether its turn has come
 * @param estimate how long until then; zero if it has, null if nothing moves the queue now
 */
public record Place(
        Ticket ticket,
        long ahead,
        long waiting,
        double share,
        int others,
        boolean admitted,
        @Nullable Duration estimate) {}
