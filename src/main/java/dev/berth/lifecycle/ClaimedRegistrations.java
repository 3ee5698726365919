package dev.berth.lifecycle;

import dev.berth.enrollment.DpsService;
import dev.berth.enrollment.DpsServiceException;
import dev.berth.enrollment.DpsServices;
import dev.berth.enrollment.RemoteRegistration;
import dev.berth.identity.RegistrationId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Pools;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DeviceState;
import dev.berth.provisioning.RegistrationReport;
import dev.berth.region.Testimony.Registration;
import org.jspecify.annotations.Nullable;

/** What DPS instances say of the devices that were claimed for them. Each look costs one operation of the instance. */
public final class ClaimedRegistrations {
    private final DpsServices services;
    private final Pools pools;

    public ClaimedRegistrations(DpsServices services, Pools pools) {
        this.services = services;
        this.pools = pools;
    }

    /** What is known of a registration, and how it would be reported. */
    record Sight(Registration registration, @Nullable RegistrationReport report) {
        static final Sight NOT_LOOKED = new Sight(Registration.UNKNOWN, null);
        private static final Sight NOT_THERE = new Sight(Registration.ABSENT, null);

        private static Sight there(@Nullable String hub, @Nullable String deviceId) {
            return new Sight(Registration.CONFIRMED, new RegistrationReport.Assigned(hub, deviceId));
        }
    }

    /** An instance that nobody can ask is judged by what the device reported; one that is gone has no devices. */
    Sight look(DpsInstanceId id, Device device) {
        @Nullable DpsInstance instance = pools.snapshot().dpsInstance(id).orElse(null);
        if (instance == null) {
            return Sight.NOT_THERE;
        }
        if (instance.serviceCredentials() == null) {
            return reported(id, device);
        }
        return services.access(instance) instanceof DpsServices.Access.Open(DpsService service)
                ? look(service, device.registrationId())
                : Sight.NOT_LOOKED;
    }

    /** Whether nothing is left at the instance of what a loser registered, as far as anybody can do something about it. */
    boolean delete(DpsInstanceId id, RegistrationId registrationId) {
        @Nullable DpsInstance instance = pools.snapshot().dpsInstance(id).orElse(null);
        if (instance == null || instance.serviceCredentials() == null) {
            return true;
        }
        if (!(services.access(instance) instanceof DpsServices.Access.Open(DpsService service))) {
            return false;
        }
        return switch (service.deleteRegistration(registrationId.value(), null)) {
            case DELETED, MISSING -> true;
            case STALE -> false;
        };
    }

    private static Sight look(DpsService service, RegistrationId registrationId) {
        try {
            return service.findRegistration(registrationId.value())
                    .map(ClaimedRegistrations::sight)
                    .orElse(Sight.NOT_THERE);
        } catch (DpsServiceException e) {
            if (e.kind() == DpsServiceException.Kind.INTERRUPTED) {
                throw e;
            }
            return Sight.NOT_LOOKED;
        }
    }

    private static Sight sight(RemoteRegistration registration) {
        return switch (registration.status()) {
            case ASSIGNED -> Sight.there(registration.assignedHub(), registration.deviceId());
            case ASSIGNING -> Sight.NOT_LOOKED; // it will have been one or the other
            case UNASSIGNED, FAILED, DISABLED -> Sight.NOT_THERE;
        };
    }

    private static Sight reported(DpsInstanceId id, Device device) {
        return device.state() instanceof DeviceState.Registered registered
                        && registered.assignment().instance().equals(id)
                ? Sight.there(registered.assignedHub(), registered.deviceId())
                : Sight.NOT_THERE;
    }
}
