package dev.berth.lifecycle;

import dev.berth.enrollment.RemoteRegistration;
import dev.berth.identity.RegistrationId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Versioned;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DeviceState;
import dev.berth.provisioning.Devices;
import dev.berth.provisioning.RegistrationReport;
import dev.berth.provisioning.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares single registrations at one instance with the devices that Berth knows, and writes down what is new about these. */
final class RegistrationJudge {
    /** Only the device itself contends for its document, and what it says then is newer. */
    private static final int ATTEMPTS_MAX = 3;

    /** Arrivals are observed of slots no older than this: by the usual interval of counts, each is once. */
    private static final Duration RECENT = ReconciliationSettings.DEFAULT.interval();

    private static final String DISABLED = "the device is disabled at DPS";

    private final DpsInstanceId instance;
    private final Devices devices;
    private final InstantSource clock;
    private final ReconciliationEvents events;

    RegistrationJudge(DpsInstanceId instance, Devices devices, InstantSource clock, ReconciliationEvents events) {
        this.instance = instance;
        this.devices = devices;
        this.clock = clock;
        this.events = events;
    }

    Verdict judge(RemoteRegistration registration) {
        var id = RegistrationId.parse(registration.registrationId());
        for (int attempt = 0; id.isPresent() && attempt < ATTEMPTS_MAX; attempt++) {
            var verdict = attempt(registration, devices.find(instance.tenant(), id.get()));
            if (verdict.isPresent()) {
                return verdict.get();
            }
        }
        return id.isPresent() ? new Verdict.Known() : disagreed(Finding.Kind.UNKNOWN, registration, null);
    }

    /** Empty if the device was written meanwhile. */
    private Optional<Verdict> attempt(RemoteRegistration registration, Optional<Versioned<Device>> stored) {
        var assigned = stored.flatMap(found -> found.value().assignment());
        if (stored.isEmpty() || assigned.isEmpty()) {
            return Optional.of(disagreed(Finding.Kind.UNKNOWN, registration, null));
        }
        if (!assigned.get().instance().equals(instance)) {
            return Optional.of(disagreed(
                    Finding.Kind.ELSEWHERE, registration, assigned.get().instance()));
        }
        var verdict = apply(registration, stored.get());
        if (verdict.isPresent()) {
            observeArrival(registration, assigned.get().slot());
        }
        return verdict;
    }

    private Optional<Verdict> apply(RemoteRegistration registration, Versioned<Device> stored) {
        var device = stored.value();
        var next = report(registration)
                .map(report ->
                        new Sighting(instance, report, touchedAt(registration)).appliedTo(device, clock.instant()))
                .orElse(device);
        if (next.equals(device)) {
            return Optional.of(new Verdict.Known());
        }
        return devices.replace(next, stored.version()).isPresent()
                ? Optional.of(new Verdict.Changed(change(device.state(), next.state())))
                : Optional.empty();
    }

    /**
     * A record is made when its device registers for the first time, and touched when it does so again. One that is neither near its slot
     * came without being told, and says nothing of how late devices are that were.
     */
    private void observeArrival(RemoteRegistration registration, Instant slot) {
        Instant soonest = slot.minus(Sighting.CLOCK_SKEW_MAX);
        Instant created = registration.createdAt();
        Instant at = created != null && !created.isBefore(soonest) ? created : registration.updatedAt();
        if (at != null && !at.isBefore(soonest) && slot.plus(RECENT).isAfter(clock.instant())) {
            events.arrived(instance, Duration.between(slot, at));
        }
    }

    private static Verdict.Change change(DeviceState before, DeviceState after) {
        if (after.kind() == DeviceState.Kind.FAILED) {
            return Verdict.Change.FAILED;
        }
        return before.kind() == DeviceState.Kind.REGISTERED ? Verdict.Change.HUB_CHANGED : Verdict.Change.CONFIRMED;
    }

    /** What the device would have reported; nothing of one that DPS has not come to an end with. */
    private static Optional<RegistrationReport> report(RemoteRegistration registration) {
        return switch (registration.status()) {
            case ASSIGNED ->
                Optional.of(new RegistrationReport.Assigned(registration.assignedHub(), registration.deviceId()));
            case FAILED ->
                Optional.of(new RegistrationReport.Failed(registration.errorCode(), registration.errorMessage()));
            case DISABLED ->
                Optional.of(new RegistrationReport.Failed(
                        registration.errorCode(), Objects.requireNonNullElse(registration.errorMessage(), DISABLED)));
            case UNASSIGNED, ASSIGNING -> Optional.empty();
        };
    }

    private static Verdict disagreed(
            Finding.Kind kind, RemoteRegistration registration, @Nullable DpsInstanceId assignedTo) {
        return new Verdict.Disagreed(
                new Finding(kind, registration.registrationId(), assignedTo, touchedAt(registration)));
    }

    private static @Nullable Instant touchedAt(RemoteRegistration registration) {
        return registration.updatedAt() != null ? registration.updatedAt() : registration.createdAt();
    }
}
