package dev.berth.provisioning;

import static dev.berth.provisioning.DeviceWriter.enter;

import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.Versioned;
import dev.berth.scheduling.AdmissionDecision;
import dev.berth.scheduling.AdmissionRequest;
import dev.berth.scheduling.Gcra;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.RegistrationResult;
import dev.berth.scheduling.Scheduler;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.scheduling.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A device's first boot, and every later ask and report of it.
 *
 * <p>A slot is reserved before it is written down, and an answer leaves only after the write. A crash in between wastes a slot, and never
 * gives one twice. Inside, an empty answer means that somebody else wrote the device meanwhile, or that its slot passed while it was being
 * written: the device is read and judged again.
 */
public final class ProvisioningService {
    private final DeviceWriter writer;
    private final PoolSource pools;
    private final Scheduler scheduler;
    private final SchedulingSettings settings;
    private final InstantSource clock;
    private final ProvisioningEvents events;
    private final Gcra freshSlots;

    public ProvisioningService(
            Devices devices,
            PoolSource pools,
            Scheduler scheduler,
            SchedulingSettings settings,
            InstantSource clock,
            ProvisioningEvents events) {
        this(devices, pools, AssignmentClaims.NONE, scheduler, settings, clock, events);
    }

    /** One that claims each assignment before a device is told of it. */
    public ProvisioningService(
            Devices devices,
            PoolSource pools,
            AssignmentClaims claims,
            Scheduler scheduler,
            SchedulingSettings settings,
            InstantSource clock,
            ProvisioningEvents events) {
        this.writer = new DeviceWriter(devices, scheduler, claims);
        this.pools = pools;
        this.scheduler = scheduler;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
        this.freshSlots = Gcra.perHour(settings.slotsPerDevicePerHour());
    }

    /**
     * Tells {@code device} where and when to register. What is answered is on disk.
     *
     * @param registerAgain the device's hub refuses it, so it wants to register although Berth knows its hub
     */
    public IdScopeAnswer idScope(DeviceIdentity device, boolean registerAgain) {
        return writer.readAndAnswer(
                device,
                stored -> stored.isEmpty()
                        ? firstPlace(null, device, null)
                        : laterAsk(stored.get(), device, registerAgain));
    }

    /** Notes what became of the device's registration at DPS. */
    public ReportAnswer report(DeviceIdentity device, RegistrationReport report) {
        return writer.readAndAnswer(
                device,
                stored -> stored.isEmpty()
                        ? Optional.of(new ReportAnswer.UnknownDevice())
                        : note(stored.get(), device, report));
    }

    private Optional<IdScopeAnswer> laterAsk(Versioned<Device> stored, DeviceIdentity identity, boolean registerAgain) {
        if (!stored.value().trustAnchor().equals(identity.trustAnchor())) {
            return Optional.of(new IdScopeAnswer.RegistrationIdTaken());
        }
        return switch (stored.value().state()) {
            case DeviceState.Waiting waiting -> firstPlace(stored, identity, waiting.ticket());
            case DeviceState.Registered(Assignment assignment, String hub, String deviceId)
            when hub != null && !registerAgain -> connect(stored, identity, assignment, hub, deviceId);
            case DeviceState.Told told when !hasPassed(told.assignment()) -> repeat(stored, identity, told);
            case DeviceState.Bound bound -> freshSlot(stored, identity, bound);
        };
    }

    /** Any instance of its pool will do. */
    private Optional<IdScopeAnswer> firstPlace(
            @Nullable Versioned<Device> stored, DeviceIdentity identity, @Nullable Ticket held) {
        TenantId owner = stored == null ? identity.origin() : stored.value().owner();
        return switch (pools.poolFor(owner, identity)) {
            case PoolSource.Pool.Empty(String reason) -> Optional.of(new IdScopeAnswer.PoolEmpty(reason));
            case PoolSource.Pool.Instances(QueueKey queue, List<DpsInstance> instances) -> {
                Ticket ticket = held != null && held.queue().equals(queue) ? held : null;
                yield write(
                        scheduler.admit(new AdmissionRequest(queue, instances, true, ticket)),
                        stored,
                        admitted -> enter(stored, identity, firstTold(admitted), clock.instant()),
                        place -> enter(stored, identity, new DeviceState.Waiting(place), clock.instant()));
            }
        };
    }

    /** Only its own instance will do: same scope, same generation, and no capacity is taken. */
    private Optional<IdScopeAnswer> freshSlot(
            Versioned<Device> stored, DeviceIdentity identity, DeviceState.Bound state) {
        Optional<DpsInstance> instance = usable(state.assignment()).filter(pools::isLeasedHere);
        if (instance.isEmpty()) {
            return Optional.of(new IdScopeAnswer.PoolUnavailable(settings.retryAfterMax()));
        }
        return switch (freshSlots.decide(stored.value().slotsPaidUntil(), clock.instant())) {
            case Gcra.Decision.Denied(Duration retryIn) ->
                Optional.of(new IdScopeAnswer.AskedTooOften(settings.retryAfter(retryIn)));
            case Gcra.Decision.Allowed(Instant paidUntil) ->
                write(
                        scheduler.admit(again(instance.get(), stored.value().origin(), state)),
                        stored,
                        admitted -> enter(
                                        stored,
                                        identity,
                                        state.toldAgain(admitted.reservation().slot()),
                                        clock.instant())
                                .pays(paidUntil),
                        place -> enter(stored, identity, state.requeued(place), clock.instant()));
        };
    }

    /** Writes down what was decided, and only then answers it. */
    private Optional<IdScopeAnswer> write(
            AdmissionDecision decision,
            @Nullable Versioned<Device> stored,
            Function<AdmissionDecision.Admitted, Device> told,
            Function<Ticket, Device> waiting) {
        return switch (decision) {
            case AdmissionDecision.Admitted admitted -> {
                Device next = told.apply(admitted);
                boolean saved = writer.save(stored, next, admitted.reservation());
                yield saved ? answerTold(next, admitted) : Optional.empty();
            }
            case AdmissionDecision.Queued(Ticket ticket, long ahead, Duration retryAfter) -> {
                boolean saved = writer.save(stored, waiting.apply(ticket));
                yield answerIf(saved, new IdScopeAnswer.Queued(ticket.number(), ahead, retryAfter));
            }
            case AdmissionDecision.Full(Duration retryAfter) -> Optional.of(new IdScopeAnswer.PoolFull(retryAfter));
            case AdmissionDecision.Unavailable(Duration retryAfter) ->
                Optional.of(new IdScopeAnswer.PoolUnavailable(retryAfter));
        };
    }

    private Optional<IdScopeAnswer> answerTold(Device device, AdmissionDecision.Admitted admitted) {
        if (admitted.reservation().grant()) {
            events.assigned(device.owner(), admitted.instance().id());
        } else {
            events.slotRenewed(device.owner(), admitted.instance().id());
        }
        return device.assignment()
                .filter(assignment -> !hasPassed(assignment))
                .map(assignment -> register(admitted.instance(), assignment));
    }

    private Optional<IdScopeAnswer> repeat(Versioned<Device> stored, DeviceIdentity identity, DeviceState.Told told) {
        return answerFrom(stored, identity, told.assignment(), instance -> register(instance, told.assignment()));
    }

    private Optional<IdScopeAnswer> connect(
            Versioned<Device> stored,
            DeviceIdentity identity,
            Assignment assignment,
            String assignedHub,
            String deviceId) {
        return answerFrom(
                stored,
                identity,
                assignment,
                instance -> new IdScopeAnswer.Connect(
                        instance,
                        assignment.generation(),
                        onTheWire(assignment.slot()),
                        settings.registerWithin(),
                        assignedHub,
                        deviceId));
    }

    /** Answers what is known already; all that may have changed is the certificate, which devices renew. */
    private Optional<IdScopeAnswer> answerFrom(
            Versioned<Device> stored,
            DeviceIdentity identity,
            Assignment assignment,
            Function<DpsInstance, IdScopeAnswer> answer) {
        return usable(assignment)
                .map(instance -> answerIf(
                        writer.save(stored, stored.value().shows(identity.thumbprint())), answer.apply(instance)))
                .orElseGet(() -> Optional.of(new IdScopeAnswer.PoolUnavailable(settings.retryAfterMax())));
    }

    /** A replica whose clock is off cannot say how long it is until the slot, and it may have been set while this was written down. */
    private IdScopeAnswer register(DpsInstance instance, Assignment assignment) {
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

    private Optional<ReportAnswer> note(Versioned<Device> stored, DeviceIdentity identity, RegistrationReport report) {
        if (!stored.value().trustAnchor().equals(identity.trustAnchor())) {
            return Optional.of(new ReportAnswer.RegistrationIdTaken());
        }
        if (!(stored.value().state() instanceof DeviceState.Bound bound)) {
            return Optional.of(new ReportAnswer.NotTold());
        }
        Device next = enter(stored, identity, bound.after(report, identity.registrationId()), clock.instant());
        if (!writer.save(stored, next)) {
            return Optional.empty();
        }
        events.reported(
                next.owner(), bound.assignment().instance(), next.state().kind());
        if (bound instanceof DeviceState.Told(Assignment assignment)) {
            heard(identity, assignment, report);
        }
        return Optional.of(new ReportAnswer.Recorded(next));
    }

    /** The first word on a slot; what a device says of it later adds nothing. */
    private void heard(DeviceIdentity identity, Assignment assignment, RegistrationReport report) {
        scheduler.reported(assignment.instance(), identity.registrationId(), assignment.slot(), report.result());
        if (report.result() == RegistrationResult.TAKEN) {
            events.arrivedBy(assignment.instance(), Duration.between(assignment.slot(), clock.instant()));
        }
    }

    /** The instance of an assignment, unless it is gone or may not be used. */
    private Optional<DpsInstance> usable(Assignment assignment) {
        return pools.instance(assignment.instance()).filter(instance -> instance.state() != DpsInstance.State.DISABLED);
    }

    private boolean hasPassed(Assignment assignment) {
        return assignment.hasPassed(clock.instant(), settings.registerWithin());
    }

    private static AdmissionRequest again(DpsInstance instance, TenantId origin, DeviceState.Bound state) {
        QueueKey queue = QueueKey.ofInstance(instance.id(), origin);
        Ticket ticket = state instanceof DeviceState.Requeued(var _, Ticket held)
                        && held.queue().equals(queue)
                ? held
                : null;
        return new AdmissionRequest(queue, List.of(instance), false, ticket);
    }

    private static DeviceState.Told firstTold(AdmissionDecision.Admitted admitted) {
        return new DeviceState.Told(new Assignment(
                admitted.instance().id(),
                Assignment.FIRST_GENERATION,
                admitted.reservation().slot(),
                admitted.reservation().epoch(),
                admitted.contest().choice()));
    }

    private static Optional<IdScopeAnswer> answerIf(boolean saved, IdScopeAnswer answer) {
        return saved ? Optional.of(answer) : Optional.empty();
    }

    /** Whole milliseconds, and never before the slot. */
    private static Instant onTheWire(Instant slot) {
        return slot.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
    }
}
