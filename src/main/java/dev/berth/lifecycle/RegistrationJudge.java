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
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares single registrations at one instance with the devices that Berth knows, and writes down what is new about these. */
final class RegistrationJudge {
    /** Only the device itself contends for its document, and what it says then is newer. */
    private static final int ATTEMPTS_MAX = 3;

    private static final String DISABLED = "the device is disabled at DPS";

    private final DpsInstanceId instance;
    private final Devices devices;
    private final InstantSource clock;

    RegistrationJudge(DpsInstanceId instance, Devices devices, InstantSource clock) {
        this.instance = instance;
        this.devices = devices;
        this.clock = clock;
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
        return apply(registration, stored.get());
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
