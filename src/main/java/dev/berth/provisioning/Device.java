package dev.berth.provisioning;

import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Berth knows of one device.
 *
 * @param origin the tenant whose trust anchor vouches for it; never changes
 * @param owner the tenant it belongs to now
 * @param hardwareId what the factory calls it; the registration ID unless told otherwise
 * @param thumbprint of the certificate it showed last
 * @param stateSince when {@code state} was entered
 * @param slotsPaidUntil how far its fresh slots use up its allowance, see {@link dev.berth.scheduling.Gcra}
 */
public record Device(
        TenantId origin,
        TenantId owner,
        RegistrationId registrationId,
        String hardwareId,
        String trustAnchor,
        String thumbprint,
        DeviceState state,
        Instant firstSeen,
        Instant stateSince,
        Instant slotsPaidUntil) {
    private static final String NO_REGISTRATION = "its DPS instance holds no registration of it any more";

    /** A device that asks for the first time. */
    static Device first(DeviceIdentity identity, DeviceState state, Instant now) {
        return new Device(
                identity.origin(),
                identity.origin(),
                identity.registrationId(),
                identity.registrationId().value(),
                identity.trustAnchor(),
                identity.thumbprint(),
                state,
                now,
                now,
                now);
    }

    /** Its assignment, unless it still waits for the first one. */
    public Optional<Assignment> assignment() {
        return state instanceof DeviceState.Bound bound ? Optional.of(bound.assignment()) : Optional.empty();
    }

    /** It is gone at DPS, whatever was reported: so it has failed, and its next ask gets a fresh slot at the same instance. */
    public Device withoutRegistration(Instant now) {
        return state instanceof DeviceState.Registered registered
                ? enters(new DeviceState.Failed(registered.assignment(), null, NO_REGISTRATION), now)
                : this;
    }

    /**
     * It is at {@code assignment} from now on, in a newer generation.
     *
     * @param report what is known of its registration there, or null if nothing is
     */
    public Device reassigned(Assignment assignment, @Nullable RegistrationReport report, Instant now) {
        var told = new DeviceState.Told(assignment);
        return enters(report == null ? told : told.after(report, registrationId), now);
    }

    /** In {@code next}; the very same if it is there already. */
    Device enters(DeviceState next, Instant now) {
        return next.equals(state)
                ? this
                : new Device(
                        origin,
                        owner,
                        registrationId,
                        hardwareId,
                        trustAnchor,
                        thumbprint,
                        next,
                        firstSeen,
                        now,
                        slotsPaidUntil);
    }

    /** The same, told of {@code standing} in place of what it was about to be told of. */
    Device tellsInstead(Assignment standing) {
        return enters(new DeviceState.Told(standing), stateSince);
    }

    Device shows(String newThumbprint) {
        return new Device(
                origin,
                owner,
                registrationId,
                hardwareId,
                trustAnchor,
                newThumbprint,
                state,
                firstSeen,
                stateSince,
                slotsPaidUntil);
    }

    Device pays(Instant until) {
        return new Device(
                origin,
                owner,
                registrationId,
                hardwareId,
                trustAnchor,
                thumbprint,
                state,
                firstSeen,
                stateSince,
                until);
    }
}
