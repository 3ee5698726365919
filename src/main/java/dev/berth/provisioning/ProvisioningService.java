package dev.berth.provisioning;

import static dev.berth.provisioning.DeviceWriter.enter;

import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.RepositoryUnavailableException;
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
    private final KnownDevices known;
    private final StandingAnswers standing;
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
        this(devices, KnownDevices.none(), pools, AssignmentClaims.NONE, scheduler, settings, clock, events);
    }

    /** One that claims each assignment before a device is told of it, and repeats what it knows while {@code devices} cannot be read. */
    public ProvisioningService(
            Devices devices,
            KnownDevices known,
            PoolSource pools,
            AssignmentClaims claims,
            Scheduler scheduler,
            SchedulingSettings settings,
            InstantSource clock,
            ProvisioningEvents events) {
        this.writer = new DeviceWriter(devices, scheduler, claims);
        this.known = known;
        this.standing = new StandingAnswers(pools, scheduler, settings, clock);
        this.pools = pools;
        this.scheduler = scheduler;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
        this.freshSlots = Gcra.perHour(settings.slotsPerDevicePerHour());
    }

    /**
     * Tells {@code device} where and when to register. What is answered is on disk, or was when this replica saw it last.
     *
     * @param registerAgain the device's hub refuses it, so it wants to register although Berth knows its hub
     */
    public IdScopeAnswer idScope(DeviceIdentity device, boolean registerAgain) {
        try {
            return writer.readAndAnswer(
                    device,
                    stored -> stored.isEmpty()
                            ? firstPlace(null, device, null)
                            : laterAsk(stored.get(), device, registerAgain));
        } catch (RepositoryUnavailableException outage) {
            return repeated(device, registerAgain).orElseThrow(() -> outage);
        }
    }

    /** Notes what became of the device's registration at DPS. */
    public ReportAnswer report(DeviceIdentity device, RegistrationReport report) {
        return writer.readAndAnswer(
                device,
                stored -> stored.isEmpty()
                        ? Optional.of(new ReportAnswer.UnknownDevice())
                        : note(stored.get(), device, report));
    }

    /** While the store is away: what the device was told before, if it stands without a write. */
    private Optional<IdScopeAnswer> repeated(DeviceIdentity identity, boolean registerAgain) {
        if (known.isOff()) {
            return Optional.empty();
        }
        Optional<IdScopeAnswer> answer = known.recall(identity.origin(), identity.registrationId())
                .filter(device -> device.isShownBy(identity))
                .flatMap(device -> standing.to(device.state(), registerAgain))
                .filter(told -> !(told instanceof IdScopeAnswer.PoolUnavailable));
        events.recalled(answer.isPresent());
        return answer;
    }

    private Optional<IdScopeAnswer> laterAsk(Versioned<Device> stored, DeviceIdentity identity, boolean registerAgain) {
        if (!stored.value().trustAnchor().equals(identity.trustAnchor())) {
            return Optional.of(new IdScopeAnswer.RegistrationIdTaken());
        }
        DeviceState state = stored.value().state();
        Optional<IdScopeAnswer> answer = standing.to(state, registerAgain);
        if (answer.isEmpty()) {
            return switch (state) {
                case DeviceState.Waiting waiting -> firstPlace(stored, identity, waiting.ticket());
                case DeviceState.Bound bound -> freshSlot(stored, identity, bound);
            };
        }
        Device shown = stored.value().shows(identity.thumbprint());
        if (shown.equals(stored.value())) {
            return answer;
        }
        return writer.save(stored, shown) ? standing.to(state, registerAgain) : Optional.empty();
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
        Optional<DpsInstance> instance = standing.usable(state.assignment()).filter(pools::isLeasedHere);
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
                .filter(assignment -> !standing.hasPassed(assignment))
                .map(assignment -> standing.register(admitted.instance(), assignment));
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
}
