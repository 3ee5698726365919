package dev.berth.scheduling;

import dev.berth.inventory.DpsInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One device that asks for a slot.
 *
 * @param queue where it may have to wait
 * @param instances where it may go; not empty
 * @param newDevice whether it needs capacity besides the slot
 * @param ticket the place it holds in that queue, if it came before
 */
public record AdmissionRequest(
        QueueKey queue,
        List<DpsInstance> instances,
        boolean newDevice,
        @Nullable Ticket ticket) {
    public AdmissionRequest {
        instances = List.copyOf(instances);
        if (instances.isEmpty()) {
            throw new IllegalArgumentException("a device needs an instance to ask for");
        }
    }
}
