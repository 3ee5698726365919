package dev.berth.emulator.instance;

import dev.berth.emulator.enrollment.Attested;
import dev.berth.emulator.enrollment.Enrollment;
import dev.berth.emulator.enrollment.EnrollmentReader;
import dev.berth.emulator.enrollment.Enrollments;
import dev.berth.emulator.enrollment.Evidence;
import dev.berth.emulator.fault.Fault;
import dev.berth.emulator.fault.FaultEffect;
import dev.berth.emulator.fault.InstanceFaults;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.OperationIds;
import dev.berth.emulator.protocol.Thumbprint;
import dev.berth.emulator.protocol.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One DPS instance: its enrollments, records, quotas and counts.
 *
 * <p>Chains are judged outside of its lock, because signatures take most of the time. Quota, count and record change
 * inside of it at one reading of the clock, so the worst minute it reports is exact.
 */
public final class EmulatedInstance {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final InstanceConfig config;
    private final Ticker ticker;
    private final Enrollments enrollments = new Enrollments();
    private final InstanceFaults faults;
    private final HubChoice hubChoice;
    private final TreeMap<String, Registration> registrations = new TreeMap<>();
    private final RecentArrivals arrivals = new RecentArrivals();
    private InstanceCounters counters = new InstanceCounters();
    private RateWindow minute;

    EmulatedInstance(InstanceConfig config, Ticker ticker) {
        this.config = config;
        this.ticker = ticker;
        this.faults = new InstanceFaults(config.name(), config.faults().seed(), ticker);
        config.faults().faults().forEach(faults::put);
        this.hubChoice = new HubChoice(config.hubs());
        this.minute = freshMinute();
        for (var enrollment : config.enrollments()) {
            enrollments.put(enrollment).ifPresent(problem -> {
                throw new IllegalArgumentException(enrollment.id() + ": " + problem);
            });
        }
    }

    InstanceConfig config() {
        return config;
    }

    public Enrollments enrollments() {
        return enrollments;
    }

    public InstanceFaults faults() {
        return faults;
    }

    public EnrollmentReader reader() {
        return new EnrollmentReader(config.certificateAuthorities());
    }

    public Outcome register(String registrationId, Evidence evidence, DeviceRegistration sent) {
        var attested = enrollments.attest(registrationId, evidence, ticker.now());
        synchronized (this) {
            var outcome = admitted(registrationId, evidence, attested);
            arrivals.add(new Arrival(ticker.now(), registrationId, outcome.status()));
            return outcome;
        }
    }

    /** A refused device takes quota as well: the docs say that revoked devices keep consuming it. */
    private Outcome admitted(String registrationId, Evidence evidence, Attested attested) {
        long now = ticker.nanos();
        if (!minute.tryAcquire(now)) {
            return throttled();
        }
        return switch (attested) {
            case Attested.Refused refused -> refused(refused.error());
            case Attested.Disabled disabled -> {
                counters.refused++;
                yield new Outcome.Disabled(registrationId, OperationIds.random(config.idScope()));
            }
            case Attested.Accepted accepted -> assign(registrationId, evidence, accepted.enrollment(), now);
        };
    }

    private Outcome assign(String registrationId, Evidence evidence, Enrollment enrollment, long now) {
        var known = registrations.get(key(registrationId));
        if (known == null && registrations.size() >= config.quotas().registrationsMax()) {
            return refused(DpsError.TOO_MANY_REGISTRATIONS);
        }
        var at = ticker.now();
        var next = known == null
                ? first(registrationId, evidence, enrollment, at, now)
                : again(known, evidence, enrollment, at, now);
        registrations.put(key(registrationId), next);
        counters.accepted(now, at);
        return progress(next, now);
    }

    private Registration first(String registrationId, Evidence evidence, Enrollment enrollment, Instant at, long now) {
        String hub = hubChoice.choose(registrationId, enrollment.settings());
        return new Registration(
                registrationId,
                enrollment instanceof Enrollment.Individual individual ? individual.deviceId() : registrationId,
                enrollment instanceof Enrollment.Group group ? group.id() : null,
                hub,
                hub,
                Substatus.INITIAL_ASSIGNMENT,
                thumbprint(evidence),
                at,
                at,
                OperationIds.random(config.idScope()),
                now + config.assignDelay().toNanos(),
                UUID.randomUUID().toString(),
                new SlidingWindow(config.quotas().pollsPer10Seconds(), TEN_SECONDS));
    }

    /** A device that asks again while its operation is under way gets the same operation. */
    private Registration again(Registration known, Evidence evidence, Enrollment enrollment, Instant at, long now) {
        if (!known.assigned(now)) {
            return known;
        }
        var policy = enrollment.settings().reprovisionPolicy();
        boolean anew = policy.updateHubAssignment();
        String hub = anew ? hubChoice.choose(known.registrationId(), enrollment.settings()) : known.hub();
        return new Registration(
                known.registrationId(),
                enrollment instanceof Enrollment.Individual individual ? individual.deviceId() : known.registrationId(),
                enrollment instanceof Enrollment.Group group ? group.id() : null,
                hub,
                known.firstHub(),
                anew ? Substatus.ofReprovisioning(known, hub, policy.migrateDeviceData()) : known.substatus(),
                thumbprint(evidence),
                known.createdAt(),
                at,
                OperationIds.random(config.idScope()),
                now + config.assignDelay().toNanos(),
                UUID.randomUUID().toString(),
                known.polls());
    }

    /** The device that began an operation is known by its certificate; another one is judged as if it registered. */
    public Outcome poll(String registrationId, String operationId, Evidence evidence) {
        var known = find(registrationId);
        if (known == null || !known.operationId().equalsIgnoreCase(operationId)) {
            return new Outcome.Refused(DpsError.NOT_FOUND);
        }
        if (!known.thumbprint().equals(thumbprint(evidence))
                && enrollments.attest(registrationId, evidence, ticker.now()) instanceof Attested.Refused refused) {
            return new Outcome.Refused(refused.error());
        }
        return polled(known);
    }

    private synchronized Outcome polled(Registration known) {
        long now = ticker.nanos();
        if (!known.polls().tryAcquire(now)) {
            return throttled();
        }
        counters.polls++;
        return progress(known, now);
    }

    public Outcome lookUp(String registrationId, Evidence evidence) {
        var attested = enrollments.attest(registrationId, evidence, ticker.now());
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
        return known == null ? new Outcome.Refused(DpsError.NOT_FOUND) : new Outcome.Found(known, known.assigned(now));
    }

    private Outcome progress(Registration registration, long now) {
        return registration.assigned(now)
                ? new Outcome.Assigned(registration)
                : new Outcome.Assigning(registration.operationId(), config.retryAfterSeconds());
    }

    private Outcome throttled() {
        counters.throttled(ticker.nanos());
        return new Outcome.Throttled(config.retryAfterSeconds());
    }

    private Outcome refused(DpsError error) {
        counters.refused++;
        return new Outcome.Refused(error);
    }

    private synchronized @Nullable Registration find(String registrationId) {
        return registrations.get(key(registrationId));
    }

    /** Up to {@code limit} records whose key follows {@code after}, in order of their keys. */
    public synchronized List<Registration> page(String after, int limit) {
        return registrations.tailMap(key(after), false).values().stream()
                .limit(limit)
                .toList();
    }

    /** The newest register requests, oldest first. */
    public synchronized List<Arrival> arrivals(int limit) {
        return arrivals.newest(limit);
    }

    public synchronized InstanceReport report() {
        return counters.report(config, registrations.size(), ticker.nanos());
    }

    public synchronized SecondRates rates() {
        return counters.rates(ticker.nanos());
    }

    /** Forgets records, counts and quota spent; enrollments stay. */
    public synchronized void deleteState() {
        registrations.clear();
        arrivals.clear();
        counters = new InstanceCounters();
        faults.clearCounts();
        minute = freshMinute();
    }

    /** Puts a fault; a paired region that is to take over lacks what was not copied to it in time. */
    public void inflict(Fault fault) {
        faults.put(fault);
        if (fault.effect() instanceof FaultEffect.Failover(var lost)) {
            forgetSince(ticker.now().minus(lost));
        }
    }

    private synchronized void forgetSince(Instant instant) {
        registrations.values().removeIf(registration -> registration.updatedAt().isAfter(instant));
    }

    private static String thumbprint(Evidence evidence) {
        return evidence.chain().map(chain -> Thumbprint.sha256(chain.leaf())).orElse("");
    }

    private RateWindow freshMinute() {
        return config.quotas().window().open(config.quotas().registrationsPerMinute(), MINUTE);
    }

    private static String key(String registrationId) {
        return registrationId.toLowerCase(Locale.ROOT);
    }
}
