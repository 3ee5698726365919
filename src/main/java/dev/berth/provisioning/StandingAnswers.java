package dev.berth.provisioning;

import dev.berth.inventory.DpsInstance;
import dev.berth.scheduling.Scheduler;
import dev.berth.scheduling.SchedulingSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/** What a device is told of what stands already: nothing is decided for it, and nothing has to be written down. */
final class StandingAnswers {
    private final PoolSource pools;
    private final Scheduler scheduler;
    private final SchedulingSettings settings;
    private final InstantSource clock;

    StandingAnswers(PoolSource pools, Scheduler scheduler, SchedulingSettings settings, InstantSource clock) {
        this.pools = pools;
        this.scheduler = scheduler;
        this.settings = settings;
        this.clock = clock;
    }

    /** Empty if the device needs a place or a fresh slot first. */
    Optional<IdScopeAnswer> to(DeviceState state, boolean registerAgain) {
        return switch (state) {
            case DeviceState.Registered(Assignment assignment, String hub, String deviceId)
            when hub != null && !registerAgain ->
                Optional.of(at(assignment, instance -> connect(instance, assignment, hub, deviceId)));
            case DeviceState.Told(Assignment assignment)
            when !hasPassed(assignment) -> Optional.of(at(assignment, instance -> register(instance, assignment)));
            case DeviceState.Waiting _, DeviceState.Bound _ -> Optional.empty();
        };
    }

    /** A replica whose clock is off cannot say how long it is until the slot, and it may have been set while this was written down. */
    IdScopeAnswer register(DpsInstance instance, Assignment assignment) {
        if (!scheduler.isOnTime()) {
            return new IdScopeAnswer.PoolUnavailable(settings.outageRetry());
        }
        Instant registerAt = onTheWire(assignment.slot());
        Duration wait = Duration.between(clock.instant(), registerAt);
        return new IdScopeAnswer.Register(
                instance,
                assignment.generation(),
                registerAt,
                wait.isNegative() ? Duration.ZERO : wait,
                settings.registerWithin());
    }

    /** The instance of an assignment, unless it is gone or may not be used. */
    Optional<DpsInstance> usable(Assignment assignment) {
        return pools.instance(assignment.instance()).filter(instance -> instance.state() != DpsInstance.State.DISABLED);
    }

    boolean hasPassed(Assignment assignment) {
        return assignment.hasPassed(clock.instant(), settings.registerWithin());
    }

    private IdScopeAnswer at(Assignment assignment, Function<DpsInstance, IdScopeAnswer> answer) {
        return usable(assignment)
                .map(answer)
                .orElseGet(() -> new IdScopeAnswer.PoolUnavailable(settings.retryAfterMax()));
    }

    private IdScopeAnswer connect(DpsInstance instance, Assignment assignment, String assignedHub, String deviceId) {
        return new IdScopeAnswer.Connect(
                instance,
                assignment.generation(),
                onTheWire(assignment.slot()),
                settings.registerWithin(),
                assignedHub,
                deviceId);
    }

    /** Whole milliseconds, and never before the slot. */
    private static Instant onTheWire(Instant slot) {
        return slot.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
    }
}
