package dev.berth.provisioning;

import dev.berth.identity.DeviceIdentity;
import java.util.Optional;

/**
 * As much of a device as it takes to repeat what it was told.
 *
 * @param trustAnchor that vouches for it
 * @param thumbprint of the certificate it showed last
 */
record KnownDevice(String trustAnchor, String thumbprint, DeviceState.Bound state) {

    /** Empty if nothing that it was told stands by itself: its next ask takes a slot or a place, and that has to be written down. */
    static Optional<KnownDevice> of(Device device) {
        return switch (device.state()) {
            case DeviceState.Told(Assignment assignment) ->
                Optional.of(of(device, new DeviceState.Told(assignment.withoutChoice())));
            case DeviceState.Registered(Assignment assignment, String hub, String deviceId) ->
                Optional.of(of(device, new DeviceState.Registered(assignment.withoutChoice(), hub, deviceId)));
            case DeviceState.Waiting _, DeviceState.Failed _, DeviceState.Requeued _ -> Optional.empty();
        };
    }

    private static KnownDevice of(Device device, DeviceState.Bound state) {
        return new KnownDevice(device.trustAnchor(), device.thumbprint(), state);
    }

    /** Whether nothing about the certificate would have to be written down. */
    boolean isShownBy(DeviceIdentity identity) {
        return trustAnchor.equals(identity.trustAnchor()) && thumbprint.equals(identity.thumbprint());
    }
}
