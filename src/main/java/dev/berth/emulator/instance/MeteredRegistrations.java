package dev.berth.emulator.instance;

import dev.berth.emulator.enrollment.Attested;
import dev.berth.emulator.protocol.Decision;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.EtagCondition;
import dev.berth.emulator.protocol.Etags;
import dev.berth.emulator.protocol.Ticker;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The registration records of one instance with the quotas and counts that change when they do.
 *
 * <p>This object is the one lock of an instance's device side. Whatever touches a record, a quota or a count holds it, at
 * one reading of the monotonic clock, so the worst minute it reports is exact. Nothing under it waits: signatures are
 * judged and webhooks asked before and after, by {@link Registrar}. The locks of {@link InstanceSetup}'s parts and of
 * {@link OperationsQuota} may be taken under this one, never this one under theirs.
 */
public final class MeteredRegistrations {
    private final InstanceConfig config;
    private final Ticker ticker;
    private final Assigner assigner;
    private final Outcomes outcomes;
    private final OperationsQuota operations;
    private final DeviceQuotas quotas;
    private final Registrations records = new Registrations();
    private final RecentArrivals arrivals = new RecentArrivals();
    private InstanceCounters counters = new InstanceCounters();

    MeteredRegistrations(
            InstanceConfig config, Ticker ticker, Assigner assigner, Outcomes outcomes, OperationsQuota operations) {
        this.config = config;
        this.ticker = ticker;
        this.assigner = assigner;
        this.outcomes = outcomes;
        this.operations = operations;
        this.quotas = new DeviceQuotas(config.quotas());
    }

    /** Lets a device in or refuses it. */
    synchronized Admission admit(Attempt attempt) {
        var at = ticker.now();
        var admission = admitted(attempt, ticker.nanos(), at);
        arrivals.add(
                new Arrival(at, attempt.registrationId(), admission.outcome().status()));
        return admission;
    }

    /** A refused device takes quota as well: the docs say that revoked devices keep consuming it. */
    private Admission admitted(Attempt attempt, long now, Instant at) {
        if (!quotas.tryRegister(now)) {
            return Admission.of(throttled(now));
        }
        return switch (attempt.attested()) {
            case Attested.Refused refused -> Admission.of(refused(refused.error()));
            case Attested.Challenged(var authenticationKey) -> Admission.of(new Outcome.Challenged(authenticationKey));
            case Attested.Disabled disabled -> {
                counters.refused++;
                yield Admission.of(outcomes.disabled(attempt.registrationId()));
            }
            case Attested.Accepted accepted -> accepted(attempt, accepted, now, at);
        };
    }

    /** Whoever asks again before an operation is done is told how that one stands. */
    private Admission accepted(Attempt attempt, Attested.Accepted accepted, long now, Instant at) {
        var known = records.find(attempt.registrationId());
        if (known == null && quotas.full(records.size())) {
            return Admission.of(refused(DpsError.TOO_MANY_REGISTRATIONS));
        }
        counters.accepted(now, at);
        if (known != null && !known.operation().done(now)) {
            return Admission.of(outcomes.progress(known, now));
        }
        var begun = assigner.begin(known, attempt, accepted, now, at);
        records.put(begun.registration());
        return new Admission(outcomes.progress(begun.registration(), now), begun.question());
    }

    /** A reply counts for the operation that asked, if the record is still there and no newer one has begun. */
    synchronized void settle(Question question, CustomAllocation.Reply reply) {
        var begun = records.find(question.begun().registrationId());
        if (begun != null && begun.operation().is(question.begun().operation())) {
            records.put(assigner.settled(begun, question, reply, ticker.nanos()));
        }
    }

    /** Tells a device, which is who it says, how its operation stands. */
    synchronized Outcome poll(Registration known) {
        long now = ticker.nanos();
        if (!quotas.tryPoll(known.registrationId(), now)) {
            return throttled(now);
        }
        counters.polls++;
        return outcomes.progress(known, now);
    }

    synchronized Outcome lookUp(String registrationId, Attested attested) {
        long now = ticker.nanos();
        if (!quotas.tryLookUp(now)) {
            return throttled(now);
        }
        if (attested instanceof Attested.Refused refused) {
            return new Outcome.Refused(refused.error());
        }
        counters.lookups++;
        var known = records.find(registrationId);
        return known == null ? new Outcome.Refused(DpsError.NOT_FOUND) : new Outcome.Found(known, known.status(now));
    }

    private Outcome throttled(long now) {
        counters.throttled(now);
        return outcomes.throttled();
    }

    private Outcome refused(DpsError error) {
        counters.refused++;
        return new Outcome.Refused(error);
    }

    /** The record of a device, as the service API shows it. */
    public synchronized @Nullable Registration find(String registrationId) {
        return records.find(registrationId);
    }

    /** Where its newest operation stands. */
    public RegistrationStatus status(Registration registration) {
        return registration.status(ticker.nanos());
    }

    /** Deletes a record, which frees its place. */
    public synchronized Decision<Registration> remove(String registrationId, EtagCondition condition) {
        var known = records.find(registrationId);
        if (known == null) {
            return Decision.refused(DpsError.REGISTRATION_NOT_FOUND, "");
        }
        if (!condition.holdsFor(Etags.of(known.operation().etag()))) {
            return Decision.refused(DpsError.PRECONDITION_FAILED, "");
        }
        records.remove(registrationId);
        return Decision.done(known);
    }

    /** Up to {@code limit} records whose key follows {@code after}, in order of their keys. */
    public synchronized List<Registration> page(String after, int limit) {
        return records.page(after, limit);
    }

    /** The same, of one group; whether the group still exists does not matter. */
    public synchronized RegistrationPage pageOfGroup(String enrollmentGroupId, String after, int limit) {
        return records.pageOfGroup(enrollmentGroupId, after, limit);
    }

    /** The newest register requests, oldest first. */
    public synchronized List<Arrival> arrivals(int limit) {
        return arrivals.newest(limit);
    }

    public synchronized SecondRates rates() {
        return counters.rates(ticker.nanos());
    }

    synchronized InstanceReport report() {
        return counters.report(config, records.size(), operations, ticker.nanos());
    }

    /** All of it with the setup, read while no device is let in, so that no record's hub is missing from it. */
    synchronized InstanceContents contents(InstanceSetup setup) {
        return new InstanceContents(
                List.copyOf(setup.hubs().all()),
                setup.certificateAuthorities().list(),
                setup.register().all(),
                report(),
                records.all());
    }

    /** Takes in the records and goes on from the counts. */
    synchronized void restore(InstanceContents contents) {
        contents.registrations().forEach(records::put);
        counters = InstanceCounters.from(contents.report());
        operations.restore(contents.report().operations(), contents.report().throttledOperations());
    }

    /** Forgets records, counts and quota spent. */
    synchronized void clear() {
        records.clear();
        arrivals.clear();
        counters = new InstanceCounters();
        quotas.reset();
        operations.reset();
    }

    /** Forgets the records that have changed since. */
    synchronized void forgetSince(Instant instant) {
        records.forgetSince(instant);
    }
}
