package dev.berth.simulation;

import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.provisioning.IdScopeAnswer;
import dev.berth.provisioning.ProvisioningService;
import dev.berth.provisioning.RegistrationReport;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Devices that ask Berth, any replica of it, and do as they are told. */
final class BerthPolicy implements Policy {
    /** A device that no replica answers, or that DPS refuses, asks again after this, and up to twice as long. */
    private static final Duration RETRY = Duration.ofSeconds(2);

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Grants that lie idle go back within seconds, and instances that drain may take devices again; a pool that is full for so long is full. */
    private static final Duration FULL_FOR_MAX = Duration.ofHours(1);

    private final SimulationPlan plan;
    private final VirtualClock clock;
    private final RandomGenerator random;
    private final Fleet fleet;
    private final Estate estate;
    private final List<Replica> replicas;
    private final Promises promises;
    private final long[] fullSince;

    BerthPolicy(
            SimulationPlan plan,
            VirtualClock clock,
            RandomGenerator random,
            Fleet fleet,
            Estate estate,
            List<Replica> replicas,
            Promises promises) {
        this.plan = plan;
        this.clock = clock;
        this.random = random;
        this.fleet = fleet;
        this.estate = estate;
        this.replicas = replicas;
        this.promises = promises;
        this.fullSince = new long[plan.devices()];
    }

    @Override
    public Move ask(int device) {
        Replica replica = anyReplica();
        if (!replica.answers() || replica.isWriting()) {
            return later();
        }
        long since = clock.nanos();
        ProvisioningService asked = replica.service();
        try {
            IdScopeAnswer answer = asked.idScope(fleet.identity(device), plan.shape() == Shape.UPDATE_WAVE);
            if (clock.nanos() > since) {
                promises.mayBeWritten(device);
            }
            return replica.answers() && replica.service() == asked ? obey(device, answer) : later();
        } catch (RepositoryUnavailableException outage) {
            promises.mayBeWritten(device);
            return again(outage.retryAfter());
        }
    }

    @Override
    public Move failed(int device, int instance) {
        report(device, new RegistrationReport.Failed(null, "no answer"));
        return later();
    }

    @Override
    public void registered(int device, int instance) {
        report(device, new RegistrationReport.Assigned("hub.azure-devices.net", null));
    }

    @Override
    public boolean asksSomebody() {
        return true;
    }

    private Move obey(int device, IdScopeAnswer answer) {
        return switch (answer) {
            case IdScopeAnswer.Register register -> told(register);
            case IdScopeAnswer.Queued queued -> again(queued.retryAfter());
            case IdScopeAnswer.PoolUnavailable unavailable -> again(unavailable.retryAfter());
            case IdScopeAnswer.AskedTooOften often -> again(often.retryAfter());
            case IdScopeAnswer.PoolFull full -> isFullForLong(device) ? new Move.GiveUp() : again(full.retryAfter());
            case IdScopeAnswer.PoolEmpty empty -> later();
            case IdScopeAnswer.Connect _, IdScopeAnswer.DeviceBlocked _, IdScopeAnswer.RegistrationIdTaken _ ->
                throw new IllegalStateException("nothing here leads to " + answer);
        };
    }

    private Move told(IdScopeAnswer.Register register) {
        int instance = estate.numberOf(register.instance().id());
        long slot = VirtualClock.nanosOf(register.registerAt());
        long wakesAt = clock.nanos() + register.registerAfter().toNanos();
        return new Move.Register(instance, slot, wakesAt + plan.spread().delay(random));
    }

    /** Since the first time that the device was told so. */
    private boolean isFullForLong(int device) {
        if (fullSince[device] == 0) {
            fullSince[device] = Math.max(1, clock.nanos());
        }
        return clock.nanos() - fullSince[device] >= FULL_FOR_MAX.toNanos();
    }

    /** Whether Berth hears of it or not makes no difference to the device. */
    private void report(int device, RegistrationReport report) {
        Replica replica = anyReplica();
        if (replica.answers() && !replica.isWriting()) {
            try {
                var _ = replica.service().report(fleet.identity(device), report);
            } catch (RepositoryUnavailableException outage) {
                // the report is lost
            }
        }
    }

    /** One that is at nothing else, if there is any. */
    private Replica anyReplica() {
        int first = random.nextInt(replicas.size());
        for (int i = 0; i < replicas.size(); i++) {
            Replica replica = replicas.get((first + i) % replicas.size());
            if (!replica.isWriting()) {
                return replica;
            }
        }
        return replicas.get(first);
    }

    /** Retry-After has whole seconds. */
    private Move again(Duration retryAfter) {
        long seconds = Math.ceilDiv(retryAfter.toNanos(), SECOND.toNanos());
        return new Move.Ask(clock.nanos() + seconds * SECOND.toNanos());
    }

    private Move later() {
        return new Move.Ask(clock.nanos() + RETRY.toNanos() + random.nextLong(RETRY.toNanos()));
    }
}
