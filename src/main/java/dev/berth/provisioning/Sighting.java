package dev.berth.provisioning;

import dev.berth.inventory.DpsInstanceId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a DPS instance itself says of a device's registration: the report that the device did not send.
 *
 * <p>DPS keeps one record for each registration ID and knows nothing of assignments, so a record may be older than what Berth knows. It counts
 * for a device that is assigned to this instance, if DPS touched it after the device entered its present state; and every new slot and every
 * new generation is entered later than the last. What DPS saw before proves nothing: a device that was told to register again, because its hub
 * refuses it, is not registered by the record that led it there. The one exception is a device that reported that it is assigned, and not to
 * which hub: no later record can be due, so the one that there is says which.
 *
 * @param at when DPS touched the record last; null if it does not say, which proves nothing
 */
public record Sighting(
        DpsInstanceId instance,
        RegistrationReport report,
        @Nullable Instant at) {
    /** How far the clock of DPS may be behind: a slot may open, and its device register, a moment after it was told. */
    public static final Duration CLOCK_SKEW_MAX = Duration.ofSeconds(5);

    /** The device as it is known after this; the very same if this proves nothing new. */
    public Device appliedTo(Device device, Instant now) {
        return device.state() instanceof DeviceState.Bound bound
                        && bound.assignment().instance().equals(instance)
                        && (isNewerThan(device) || tellsTheHubOf(bound))
                        && !saysNothingNewOf(bound)
                ? device.enters(bound.after(report, device.registrationId()), now)
                : device;
    }

    private boolean isNewerThan(Device device) {
        return at != null && !at.plus(CLOCK_SKEW_MAX).isBefore(device.stateSince());
    }

    private boolean tellsTheHubOf(DeviceState.Bound state) {
        return state instanceof DeviceState.Registered registered
                && registered.assignedHub() == null
                && report instanceof RegistrationReport.Assigned;
    }

    /** Hosts are compared without case: a device may spell its hub differently than DPS. */
    private boolean saysNothingNewOf(DeviceState.Bound state) {
        return state instanceof DeviceState.Registered registered
                && report instanceof RegistrationReport.Assigned assigned
                && assigned.assignedHub() != null
                && assigned.assignedHub().equalsIgnoreCase(registered.assignedHub());
    }
}
