package dev.berth.provisioning;

import dev.berth.identity.DeviceIdentity;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import dev.berth.scheduling.Reservation;
import dev.berth.scheduling.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes devices by compare-and-swap. One device, one assignment: whoever writes the document first has decided, on whichever replica.
 * Everybody else gives back what was reserved, reads again, and answers what stands there.
 */
final class DeviceWriter {
    /** Only asks and reports of one and the same device contend for its document. */
    private static final int ATTEMPTS_MAX = 16;

    private final Devices devices;
    private final Scheduler scheduler;
    private final AssignmentClaims claims;

    DeviceWriter(Devices devices, Scheduler scheduler, AssignmentClaims claims) {
        this.devices = devices;
        this.scheduler = scheduler;
        this.claims = claims;
    }

    /** Reads the device and lets {@code attempt} answer; again while the answer is empty, which says that the device was overtaken. */
    <A> A readAndAnswer(DeviceIdentity device, Function<Optional<Versioned<Device>>, Optional<A>> attempt) {
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            Optional<A> answer = attempt.apply(devices.find(device.origin(), device.registrationId()));
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw new RepositoryUnavailableException(
                "too many requests of one device at once", false, Duration.ofSeconds(1), null);
    }

    /** The device that shows {@code identity} now, in {@code state}. */
    static Device enter(@Nullable Versioned<Device> stored, DeviceIdentity identity, DeviceState state, Instant now) {
        return stored == null
                ? Device.first(identity, state, now)
                : stored.value().shows(identity.thumbprint()).enters(state, now);
    }

    /** Whether {@code next} stands on disk now; false if another write came first. */
    boolean save(@Nullable Versioned<Device> stored, Device next) {
        if (stored == null) {
            return devices.insert(next).isPresent();
        }
        return next.equals(stored.value())
                || devices.replace(next, stored.version()).isPresent();
    }

    /**
     * As {@link #save}; a new assignment is claimed first. What was reserved for {@code next} goes back if it certainly stands nowhere: no
     * document and no claim.
     */
    boolean save(@Nullable Versioned<Device> stored, Device next, Reservation reservation) {
        boolean mayStand = false;
        try {
            switch (claim(stored, next)) {
                case AssignmentClaims.Outcome.NotNeeded() -> {
                    mayStand = save(stored, next);
                    return mayStand;
                }
                case AssignmentClaims.Outcome.Stands() -> {
                    mayStand = true;
                    return save(stored, next);
                }
                case AssignmentClaims.Outcome.Earlier(Assignment standing) -> {
                    save(stored, next.tellsInstead(standing));
                    return false; // whoever reads it again finds what was claimed
                }
            }
        } catch (RepositoryUnavailableException outage) {
            mayStand |= outage.outcomeUnknown();
            throw outage;
        } finally {
            if (!mayStand) {
                scheduler.giveBack(reservation);
            }
        }
    }

    private AssignmentClaims.Outcome claim(@Nullable Versioned<Device> stored, Device next) {
        long known = stored == null ? 0 : generation(stored.value());
        return next.assignment()
                .filter(assignment -> assignment.generation() > known)
                .map(assignment -> claims.claim(next, assignment))
                .orElseGet(AssignmentClaims.Outcome.NotNeeded::new);
    }

    private static long generation(Device device) {
        return device.assignment().map(Assignment::generation).orElse(0L);
    }
}
