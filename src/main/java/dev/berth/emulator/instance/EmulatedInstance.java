package dev.berth.emulator.instance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.enrollment.Attested;
import dev.berth.emulator.enrollment.CertificateAuthorities;
import dev.berth.emulator.enrollment.Claim;
import dev.berth.emulator.enrollment.Credential;
import dev.berth.emulator.enrollment.EnrollmentReader;
import dev.berth.emulator.enrollment.EnrollmentRegister;
import dev.berth.emulator.enrollment.Enrollments;
import dev.berth.emulator.enrollment.Evidence;
import dev.berth.emulator.fault.Fault;
import dev.berth.emulator.fault.FaultEffect;
import dev.berth.emulator.fault.InstanceFaults;
import dev.berth.emulator.issuing.IssuingAuthority;
import dev.berth.emulator.protocol.Decision;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.EtagCondition;
import dev.berth.emulator.protocol.Etags;
import dev.berth.emulator.protocol.OperationIds;
import dev.berth.emulator.protocol.Ticker;
import dev.berth.emulator.tpm.TpmChallenges;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One DPS instance: its enrollments, records, quotas and counts.
 *
 * <p>Signatures are judged and webhooks asked outside of its lock, because they take most of the time. Quota, count and
 * record change inside of it at one reading of the clock, so the worst minute it reports is exact.
 */
public final class EmulatedInstance {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final InstanceConfig config;
    private final Ticker ticker;
    private final CustomAllocation webhooks;
    private final Enrollments enrollments;
    private final EnrollmentRegister register;
    private final CertificateAuthorities certificateAuthorities;
    private final LinkedHubs hubs;
    private final OperationsQuota operations;
    private final Policies policies;
    private final OperationIds operationIds;
    private final Assigner assigner;
    private final IssuingAuthority issuing;
    private final TpmChallenges tpms;
    private final Registrations registrations = new Registrations();
    private final PollWindows polls;
    private final InstanceFaults faults;
    private final RecentArrivals arrivals = new RecentArrivals();
    private InstanceCounters counters = new InstanceCounters();
    private RateWindow minute;
    private volatile Places places;

    EmulatedInstance(InstanceConfig config, Ticker ticker, CustomAllocation webhooks) {
        this(
                config,
                ticker,
                webhooks,
                new IssuingAuthority(config.name()),
                new InstanceFaults(config.name(), config.faults().seed(), ticker));
        config.faults().faults().forEach(faults::put);
        for (var document : config.enrollments().documents()) {
            if (register.add(document) instanceof Decision.Refused<?>(var error, var detail)) {
                throw new IllegalArgumentException(document + ": " + error.message + ' ' + detail);
            }
        }
    }

    private EmulatedInstance(
            InstanceConfig config,
            Ticker ticker,
            CustomAllocation webhooks,
            IssuingAuthority issuing,
            InstanceFaults faults) {
        this.config = config;
        this.ticker = ticker;
        this.webhooks = webhooks;
        this.enrollments = new Enrollments();
        this.operationIds = new OperationIds(config.idScope());
        var caps = config.quotas().caps();
        this.hubs = new LinkedHubs(config.allocation().hubs(), caps);
        this.assigner = new Assigner(new HubChoice(hubs.all(), config.allocation().policy()));
        this.tpms = new TpmChallenges(config.idScope());
        this.issuing = issuing;
        this.policies = Policies.of(config);
        this.operations = new OperationsQuota(config.quotas(), ticker, config.times().retryAfterSeconds());
        this.register = new EnrollmentRegister(enrollments, caps, ticker, this::reader, this::linked);
        this.certificateAuthorities =
                new CertificateAuthorities(config.enrollments().certificateAuthorities(), caps, ticker, register::referTo);
        this.polls = new PollWindows(config.quotas().pollsPer10Seconds());
        this.faults = faults;
        this.minute = freshMinute();
        this.places = config.allocation().places();
    }

    /** What it holds, as of one moment. */
    public synchronized InstanceContents contents() {
        return new InstanceContents(
                List.copyOf(hubs.all()), certificateAuthorities.list(), register.all(), report(), registrations.all());
    }

    /** One like this with other contents, unless they break its limits; its faults are the same, its quotas unspent. */
    public Decision<EmulatedInstance> with(InstanceContents contents) {
        if (contents.registrations().size() > config.quotas().registrationsMax()) {
            return Decision.refused(DpsError.TOO_MANY_REGISTRATIONS, "");
        }
        var hubsMax = config.quotas().caps().linkedHubsMax();
        if (contents.hubs().isEmpty() || contents.hubs().size() > hubsMax) {
            return Decision.refused(DpsError.CAP_REACHED, "1 to " + hubsMax + " linked hubs");
        }
        var next = new EmulatedInstance(config.withAllocation(new AllocationSettings(contents.hubs(), config.allocation().policy(), places)).withEnrollments(EnrollmentList.EMPTY), ticker, webhooks, issuing, faults);
        return next.filled(contents);
    }

    private synchronized Decision<EmulatedInstance> filled(InstanceContents contents) {
        for (var authority : contents.authorities()) {
            if (certificateAuthorities.restore(authority) instanceof Decision.Refused<?>(var error, var detail)) {
                return Decision.refused(error, authority.authority().name() + ' ' + detail);
            }
        }
        for (var document : contents.documents()) {
            if (register.restore(document) instanceof Decision.Refused<?>(var error, var detail)) {
                return Decision.refused(error, document.enrollment().id() + ' ' + detail);
            }
        }
        contents.registrations().forEach(registrations::put);
        counters = InstanceCounters.from(contents.report());
        operations.restore(contents.report().operations(), contents.report().throttledOperations());
        return Decision.done(this);
    }

    public InstanceConfig config() {
        return config;
    }

    public Enrollments enrollments() {
        return enrollments;
    }

    public InstanceFaults faults() {
        return faults;
    }

    public EnrollmentReader reader() {
        return new EnrollmentReader(certificateAuthorities.all());
    }

    private boolean linked(String hub) {
        return hubs.find(hub).isPresent();
    }

    /** The documents behind {@link #enrollments()}. */
    public EnrollmentRegister register() {
        return register;
    }

    public CertificateAuthorities certificateAuthorities() {
        return certificateAuthorities;
    }

    public LinkedHubs hubs() {
        return hubs;
    }

    /** Who may use its service API. */
    public Policies policies() {
        return policies;
    }

    /** The quota of its service API. */
    public OperationsQuota operations() {
        return operations;
    }

    /** Where its devices are, for {@code geoLatency}. */
    public void places(Places places) {
        this.places = places;
    }

    public Outcome register(String registrationId, Evidence evidence, DeviceRegistration sent) {
        var attested = attest(registrationId, evidence, sent.tpm());
        var admission = admit(new Attempt(registrationId, evidence, sent, issued(attested, sent)), attested);
        admission.question().ifPresent(this::ask);
        return admission.outcome();
    }

    private Attested attest(String registrationId, Evidence evidence, @Nullable JsonNode tpm) {
        return enrollments.attest(
                new Claim(config.idScope(), registrationId, evidence),
                (individual, keys, token) -> tpms.attest(individual, keys, token, tpm, ticker.nanos()),
                ticker.now());
    }

    private record Attempt(
            String registrationId,
            Evidence evidence,
            DeviceRegistration sent,
            @Nullable List<byte[]> issued) {}

    private @Nullable List<byte[]> issued(Attested attested, DeviceRegistration sent) {
        return sent.csr() != null
                        && attested instanceof Attested.Accepted(var enrollment, var _)
                        && enrollment.settings().issuesCertificates()
                ? issuing.issue(sent.csr(), ticker.now())
                : null;
    }

    /** What a device is told at once, and what a webhook is asked on its behalf. */
    private record Admission(Outcome outcome, Optional<Question> question) {
        static Admission of(Outcome outcome) {
            return new Admission(outcome, Optional.empty());
        }
    }

    private synchronized Admission admit(Attempt attempt, Attested attested) {
        var admission = admitted(attempt, attested);
        arrivals.add(new Arrival(
                ticker.now(), attempt.registrationId(), admission.outcome().status()));
        return admission;
    }

    /** A refused device takes quota as well: the docs say that revoked devices keep consuming it. */
    private Admission admitted(Attempt attempt, Attested attested) {
        long now = ticker.nanos();
        if (!minute.tryAcquire(now)) {
            return Admission.of(throttled());
        }
        return switch (attested) {
            case Attested.Refused refused -> Admission.of(refused(refused.error()));
            case Attested.Challenged(var authenticationKey) -> Admission.of(new Outcome.Challenged(authenticationKey));
            case Attested.Disabled disabled -> {
                counters.refused++;
                yield Admission.of(new Outcome.Disabled(attempt.registrationId(), operationIds.of(UUID.randomUUID())));
            }
            case Attested.Accepted accepted -> accepted(attempt, accepted, now);
        };
    }

    private Admission accepted(Attempt attempt, Attested.Accepted accepted, long now) {
        var known = registrations.find(attempt.registrationId());
        if (known == null && registrations.size() >= config.quotas().registrationsMax()) {
            return Admission.of(refused(DpsError.TOO_MANY_REGISTRATIONS));
        }
        var at = ticker.now();
        counters.accepted(now, at);
        if (known != null && !known.operation().done(now)) {
            return Admission.of(progress(known, now));
        }
        var operation = Operation.begin(at, attempt.issued());
        var begun = known == null
                ? Registration.first(attempt.registrationId(), accepted.enrollment(), accepted.credential(), operation)
                : known.again(accepted.enrollment(), accepted.credential(), operation);
        return begin(begun, attempt, accepted, now);
    }

    private Admission begin(Registration begun, Attempt attempt, Attested.Accepted accepted, long now) {
        var settings = accepted.enrollment().settings();
        var version = attempt.sent().apiVersion();
        long doneAt = now + config.times().assignDelay().toNanos();
        if (assigner.asksWebhook(settings)) {
            registrations.put(begun);
            var hubs = assigner.linkedHubs(begun, settings, version);
            return new Admission(
                    progress(begun, now),
                    Optional.of(new Question(
                            begun, accepted.enrollment(), attempt.evidence(), attempt.sent(), hubs, doneAt)));
        }
        var allocation = assigner.allocate(begun, settings, version, places);
        var settled = assigner.settled(begun, settings, version, allocation, doneAt);
        registrations.put(settled);
        return Admission.of(progress(settled, now));
    }

    private void ask(Question question) {
        var webhook = question.enrollment().settings().webhook();
        if (webhook == null) {
            settle(question, new CustomAllocation.Reply.None("the enrollment names no webhook"));
        } else {
            webhooks.ask(webhook, question.request(register), reply -> settle(question, reply));
        }
    }

    /** A reply counts for the operation that asked, if the record is still there and no newer one has begun. */
    private synchronized void settle(Question question, CustomAllocation.Reply reply) {
        var begun = registrations.find(question.begun().registrationId());
        if (begun != null && begun.operation().is(question.begun().operation())) {
            registrations.put(assigner.settled(
                    begun,
                    question.enrollment().settings(),
                    question.sent().apiVersion(),
                    Allocation.of(reply, question.linkedHubs()),
                    Math.max(ticker.nanos(), question.earliest())));
        }
    }

    /** The device that began an operation is known by its certificate; anything else is judged as if it registered. */
    public Outcome poll(String registrationId, String operationId, Evidence evidence) {
        var known = find(registrationId);
        if (known == null || !operationIds.of(known.operation().id()).equalsIgnoreCase(operationId)) {
            return new Outcome.Refused(DpsError.NOT_FOUND);
        }
        if (!sameCertificate(known, evidence)
                && attest(registrationId, evidence, null) instanceof Attested.Refused refused) {
            return new Outcome.Refused(refused.error());
        }
        return polled(known);
    }

    private static boolean sameCertificate(Registration known, Evidence evidence) {
        return known.credential() instanceof Credential.Certificate certificate
                && evidence.chain()
                        .filter(chain -> certificate.equals(Credential.Certificate.of(chain.leaf())))
                        .isPresent();
    }

    private synchronized Outcome polled(Registration known) {
        long now = ticker.nanos();
        if (!polls.tryAcquire(Registrations.key(known.registrationId()), now)) {
            return throttled();
        }
        counters.polls++;
        return progress(known, now);
    }

    public Outcome lookUp(String registrationId, Evidence evidence) {
        var attested = attest(registrationId, evidence, null);
        return lookedUp(registrationId, attested);
    }

    private synchronized Outcome lookedUp(String registrationId, Attested attested) {
        long now = ticker.nanos();
        if (config.quotas().lookupsCountAsRegistrations() && !minute.tryAcquire(now)) {
            return throttled();
        }
        if (attested instanceof Attested.Refused refused) {
            return new Outcome.Refused(refused.error());
        }
        counters.lookups++;
        var known = find(registrationId);
        return known == null ? new Outcome.Refused(DpsError.NOT_FOUND) : new Outcome.Found(known, known.status(now));
    }

    private Outcome progress(Registration registration, long now) {
        var id = operationIds.of(registration.operation().id());
        var status = registration.status(now);
        return status == RegistrationStatus.ASSIGNING
                ? new Outcome.Assigning(id, config.times().retryAfterSeconds())
                : new Outcome.Done(id, registration, status);
    }

    private Outcome throttled() {
        counters.throttled(ticker.nanos());
        return new Outcome.Throttled(config.times().retryAfterSeconds());
    }

    private Outcome refused(DpsError error) {
        counters.refused++;
        return new Outcome.Refused(error);
    }

    /** The record of a device, as the service API shows it. */
    public synchronized @Nullable Registration find(String registrationId) {
        return registrations.find(registrationId);
    }

    /** Where its newest operation stands. */
    public RegistrationStatus status(Registration registration) {
        return registration.status(ticker.nanos());
    }

    /** Deletes a record, which frees its place. */
    public synchronized Decision<Registration> remove(String registrationId, EtagCondition condition) {
        var known = registrations.find(registrationId);
        if (known == null) {
            return Decision.refused(DpsError.REGISTRATION_NOT_FOUND, "");
        }
        if (!condition.holdsFor(Etags.of(known.operation().etag()))) {
            return Decision.refused(DpsError.PRECONDITION_FAILED, "");
        }
        registrations.remove(registrationId);
        return Decision.done(known);
    }

    /** Up to {@code limit} records whose key follows {@code after}, in order of their keys. */
    public synchronized List<Registration> page(String after, int limit) {
        return registrations.page(after, limit);
    }

    /** The same, of one group; whether the group still exists does not matter. */
    public synchronized RegistrationPage pageOfGroup(String enrollmentGroupId, String after, int limit) {
        return registrations.pageOfGroup(enrollmentGroupId, after, limit);
    }

    /** The newest register requests, oldest first. */
    public synchronized List<Arrival> arrivals(int limit) {
        return arrivals.newest(limit);
    }

    public synchronized InstanceReport report() {
        return counters.report(config, registrations.size(), operations, ticker.nanos());
    }

    public synchronized SecondRates rates() {
        return counters.rates(ticker.nanos());
    }

    /** Forgets records, counts and quota spent; enrollments stay. */
    public synchronized void deleteState() {
        registrations.clear();
        polls.clear();
        arrivals.clear();
        counters = new InstanceCounters();
        faults.clearCounts();
        minute = freshMinute();
        operations.reset();
    }

    /** Puts a fault; a paired region that is to take over lacks what was not copied to it in time. */
    public void inflict(Fault fault) {
        faults.put(fault);
        if (fault.effect() instanceof FaultEffect.Failover(var lost)) {
            forgetSince(ticker.now().minus(lost));
        }
    }

    private synchronized void forgetSince(Instant instant) {
        registrations.forgetSince(instant);
    }

    private RateWindow freshMinute() {
        return config.quotas().window().open(config.quotas().registrationsPerMinute(), MINUTE);
    }
}
