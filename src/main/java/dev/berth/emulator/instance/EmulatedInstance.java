package dev.berth.emulator.instance;

import dev.berth.emulator.enrollment.CertificateAuthorities;
import dev.berth.emulator.enrollment.EnrollmentRegister;
import dev.berth.emulator.enrollment.Enrollments;
import dev.berth.emulator.enrollment.Evidence;
import dev.berth.emulator.fault.Fault;
import dev.berth.emulator.fault.FaultEffect;
import dev.berth.emulator.fault.InstanceFaults;
import dev.berth.emulator.protocol.Decision;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.Ticker;

/**
 * One DPS instance, put together of its parts: {@link Registrar} answers its devices, {@link MeteredRegistrations} keeps
 * their records, quotas and counts and owns the lock, {@link InstanceSetup} holds what operators change.
 */
public final class EmulatedInstance {
    private final InstanceConfig config;
    private final Surroundings surroundings;
    private final InstanceSetup setup;
    private final Policies policies;
    private final OperationsQuota operations;
    private final HubChoice hubChoice;
    private final MeteredRegistrations registrations;
    private final Registrar registrar;

    EmulatedInstance(InstanceConfig config, Ticker ticker, CustomAllocation webhooks) {
        this(
                config,
                Surroundings.of(config, ticker, webhooks),
                InstanceSetup.of(config, ticker),
                config.allocation().places());
    }

    private EmulatedInstance(InstanceConfig config, Surroundings surroundings, InstanceSetup setup, Places places) {
        this.config = config;
        this.surroundings = surroundings;
        this.setup = setup;
        this.policies = Policies.of(config);
        var ticker = surroundings.ticker();
        this.operations =
                new OperationsQuota(config.quotas(), ticker, config.times().retryAfterSeconds());
        this.hubChoice = new HubChoice(setup.hubs().all(), config.allocation().policy(), places);
        var assigner = new Assigner(hubChoice, config.times().assignDelay());
        var outcomes = Outcomes.of(config);
        this.registrations = new MeteredRegistrations(config, ticker, assigner, outcomes, operations);
        this.registrar = new Registrar(config.idScope(), surroundings, setup, outcomes, registrations);
    }

    public Outcome register(String registrationId, Evidence evidence, DeviceRegistration sent) {
        return registrar.register(registrationId, evidence, sent);
    }

    public Outcome poll(String registrationId, String operationId, Evidence evidence) {
        return registrar.poll(registrationId, operationId, evidence);
    }

    public Outcome lookUp(String registrationId, Evidence evidence) {
        return registrar.lookUp(registrationId, evidence);
    }

    /** What its devices have registered, and when. */
    public MeteredRegistrations registrations() {
        return registrations;
    }

    public InstanceReport report() {
        return registrations.report();
    }

    /** As it was started; hubs, CAs, enrollments, places and faults may have changed since. */
    public InstanceConfig config() {
        return config;
    }

    /** What decides over its devices. */
    public Enrollments enrollments() {
        return setup.enrollments();
    }

    /** The documents behind {@link #enrollments()}. */
    public EnrollmentRegister register() {
        return setup.register();
    }

    public CertificateAuthorities certificateAuthorities() {
        return setup.certificateAuthorities();
    }

    public LinkedHubs hubs() {
        return setup.hubs();
    }

    /** Who may use its service API. */
    public Policies policies() {
        return policies;
    }

    /** The quota of its service API. */
    public OperationsQuota operations() {
        return operations;
    }

    public InstanceFaults faults() {
        return surroundings.faults();
    }

    /** Where its devices are, for {@code geoLatency}. */
    public void places(Places places) {
        hubChoice.places(places);
    }

    /** Puts a fault; a paired region that is to take over lacks what was not copied to it in time. */
    public void inflict(Fault fault) {
        faults().put(fault);
        if (fault.effect() instanceof FaultEffect.Failover(var lost)) {
            registrations.forgetSince(surroundings.ticker().now().minus(lost));
        }
    }

    /** Forgets records, counts and quota spent; enrollments stay. */
    public void deleteState() {
        registrations.clear();
        faults().clearCounts();
    }

    /** What it holds, as of one moment. */
    public InstanceContents contents() {
        return registrations.contents(setup);
    }

    /** One like this with other contents, unless they break its limits; its faults are the same, its quotas unspent. */
    public Decision<EmulatedInstance> with(InstanceContents contents) {
        var quotas = config.quotas();
        if (contents.registrations().size() > quotas.registrationsMax()) {
            return Decision.refused(DpsError.TOO_MANY_REGISTRATIONS, "");
        }
        return switch (InstanceSetup.of(contents, quotas.caps(), surroundings.ticker())) {
            case Decision.Refused<InstanceSetup>(var error, var detail) -> Decision.refused(error, detail);
            case Decision.Done<InstanceSetup>(var other) -> {
                var next = new EmulatedInstance(config, surroundings, other, hubChoice.places());
                next.registrations.restore(contents);
                yield Decision.done(next);
            }
        };
    }
}
