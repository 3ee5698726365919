package dev.berth.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.berth.enrollment.RemoteRegistration.Status;
import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.RegistrationId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.provisioning.IdScopeAnswer;
import dev.berth.provisioning.PoolSource;
import dev.berth.provisioning.ProvisioningEvents;
import dev.berth.provisioning.ProvisioningService;
import dev.berth.scheduling.InstanceHealth;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.Scheduler;
import dev.berth.scheduling.SchedulingEvents;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.store.documents.QueueDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A fleet that boots through several replicas, while one of them counts what the instance holds: between any two calls that the count makes, to
 * DPS or to the store, devices ask, register and replicas die.
 */
final class CountedFleet {
    private static final int REPLICAS = 3;
    private static final double LOST_SHARE = 0.1;

    final ReconciliationFixture berth = new ReconciliationFixture();
    final Set<String> atDps = new HashSet<>();
    final Set<String> told = new HashSet<>();
    final List<Long> overCommitted = new ArrayList<>();
    private final RandomGenerator random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingInt(Event::number));
    private final List<Replica> replicas = new ArrayList<>();
    private int eventNumber;
    private boolean watching;
    private boolean interleaving;

    private record Event(Instant at, int number, Runnable action) {}

    private record Replica(Scheduler scheduler, ProvisioningService service) {}

    CountedFleet(RandomGenerator random) {
        this.random = random;
        berth.settings = berth.settings.withPageSize(7);
        for (int i = 0; i < REPLICAS; i++) {
            replicas.add(replica());
        }
        berth.dpsHere.before(call -> interleave());
        berth.store.before((operation, collection, key) -> interleave());
    }

    /** Registrations that do not come through Berth. */
    void registerOthers(int from, int to) {
        for (int i = from; i < to; i++) {
            register("other-" + i);
        }
    }

    /** From now on, no device may be told what the ledger has no room for. */
    void watch() {
        watching = true;
    }

    void boot(int devices, Duration rush) {
        for (int i = 0; i < devices; i++) {
            int device = i;
            later(rush, () -> ask(device));
        }
    }

    void crashes(int count, Duration within) {
        for (int i = 0; i < count; i++) {
            later(within, () -> replicas.set(random.nextInt(REPLICAS), replica()));
        }
    }

    /** Replicas give back what lies idle, once a second. */
    void tidyFor(Duration duration) {
        for (long second = 1; second <= duration.toSeconds(); second++) {
            at(
                    berth.clock.instant().plusSeconds(second),
                    () -> replicas.forEach(r -> r.scheduler().tidy()));
        }
    }

    Reconciler.Outcome count() {
        interleaving = true;
        try {
            return new Reconciler(
                            berth.devices,
                            berth.ledgers,
                            berth.runs,
                            instance -> requireNonNull(berth.services.get(instance.id())),
                            berth.settings,
                            "counter",
                            berth.clock,
                            this::runFor,
                            Runnable::run,
                            ReconciliationEvents.NONE)
                    .run(berth.here, berth.inventory, berth.clock.instant());
        } finally {
            interleaving = false;
        }
    }

    void runFor(Duration duration) {
        var until = berth.clock.instant().plus(duration);
        boolean counting = interleaving;
        interleaving = false;
        while (!events.isEmpty() && !events.element().at().isAfter(until)) {
            var event = events.remove();
            berth.clock.advanceTo(event.at());
            event.action().run();
            check();
        }
        berth.clock.advanceTo(until);
        interleaving = counting;
    }

    void release() {
        replicas.forEach(replica -> replica.scheduler().release());
    }

    /** Registrations that are there, and those that may yet be made. */
    Set<String> needed() {
        var needed = new HashSet<>(atDps);
        needed.addAll(told);
        return needed;
    }

    private void interleave() {
        if (interleaving) {
            runFor(Duration.ofMillis(random.nextInt(400)));
        }
    }

    private void check() {
        long committed = berth.ledger().committed();
        if (watching && needed().size() > committed) {
            overCommitted.add(needed().size() - committed);
        }
    }

    private void ask(int device) {
        var identity = new DeviceIdentity(
                ReconciliationFixture.CONTOSO, "factory", new RegistrationId("device-" + device), "aa");
        switch (replicas.get(random.nextInt(REPLICAS)).service().idScope(identity, false)) {
            case IdScopeAnswer.Register register -> toldTo(register, device);
            case IdScopeAnswer.PoolFull(Duration retryAfter) -> again(device, retryAfter);
            case IdScopeAnswer.Queued(long ticket, long ahead, Duration retryAfter) -> again(device, retryAfter);
            case IdScopeAnswer unexpected -> throw new AssertionError(device + " was told " + unexpected);
        }
    }

    private void toldTo(IdScopeAnswer.Register register, int device) {
        told.add("device-" + device);
        if (random.nextDouble() >= LOST_SHARE) {
            var late = Duration.ofMillis(random.nextInt(1_000));
            at(register.registerAt().plus(late), () -> register("device-" + device));
        }
    }

    private void again(int device, Duration retryAfter) {
        at(berth.clock.instant().plus(retryAfter).plusMillis(random.nextInt(1_000)), () -> ask(device));
    }

    private void register(String id) {
        atDps.add(id);
        berth.dpsHere.register(
                ReconciliationFixture.GROUP,
                ReconciliationFixture.registration(
                        id, Status.ASSIGNED, ReconciliationFixture.HUB, berth.clock.instant()));
    }

    private void later(Duration within, Runnable action) {
        at(berth.clock.instant().plusNanos((long) (random.nextDouble() * within.toNanos())), action);
    }

    private void at(Instant at, Runnable action) {
        events.add(new Event(at, eventNumber++, action));
    }

    private Replica replica() {
        var settings = SchedulingSettings.DEFAULT;
        var scheduler = new Scheduler(
                berth.ledgers,
                new QueueDocuments(berth.store),
                new InstanceHealth(),
                settings,
                berth.clock,
                Runnable::run,
                SchedulingEvents.NONE);
        return new Replica(
                scheduler,
                new ProvisioningService(
                        berth.devices,
                        new OnePool(berth.here),
                        scheduler,
                        settings,
                        berth.clock,
                        ProvisioningEvents.NONE));
    }

    /** All devices may go to the one instance. */
    private record OnePool(DpsInstance instance) implements PoolSource {
        @Override
        public Pool poolFor(dev.berth.identity.TenantId owner, DeviceIdentity device) {
            return new Pool.Instances(QueueKey.ofPool(owner, owner, device.trustAnchor(), null), List.of(instance));
        }

        @Override
        public Optional<DpsInstance> instance(DpsInstanceId id) {
            return Optional.of(instance);
        }
    }
}
