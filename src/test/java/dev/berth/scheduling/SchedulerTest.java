package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import dev.berth.scheduling.AdmissionDecision.Admitted;
import dev.berth.scheduling.AdmissionDecision.Full;
import dev.berth.scheduling.AdmissionDecision.Queued;
import dev.berth.scheduling.AdmissionDecision.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Choice and queue, as several replicas decide them. */
class SchedulerTest {
    private static final SchedulingSettings SETTINGS = SchedulingSettings.DEFAULT;
    private static final QueueKey QUEUE = QueueKey.ofPool(Instances.TENANT, Instances.TENANT, "factory", null);

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryLedgers ledgers = new InMemoryLedgers();
    private final InMemoryQueues queues = new InMemoryQueues();
    private final InstanceHealth health = new InstanceHealth();
    private final CountingEvents events = new CountingEvents();
    private final DpsInstance slow = Instances.named("dps-1", Instances.perMinute(60));
    private List<DpsInstance> pool = List.of(slow);
    private final Scheduler berth = replica();

    @Test
    void aNewInstanceFillsAtItsFullRateWhileOthersTakeTheOverflow() {
        var used = Instances.named("used", Instances.limits(600, 10_000));
        var fresh = Instances.named("fresh", Instances.limits(600, 10_000));
        pool = List.of(used);
        IntStream.range(0, 100).forEach(i -> admitted(berth));
        clock.advance(Duration.ofMinutes(1));
        pool = List.of(used, fresh);
        var instances = IntStream.range(0, 200)
                .mapToObj(i -> admitted(berth).instance().id().name())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        assertThat(instances.get("fresh")).isBetween(95L, 130L);
    }

    @Test
    void aReplicaLooksBeforeItBelievesThatAnInstanceIsIdle() {
        pool = Instances.many(2, Instances.perMinute(60));
        var other = replica();
        IntStream.range(0, 2).forEach(i -> admitted(other));
        clock.advance(Duration.ofMinutes(1));
        var busy = pool.getFirst();
        IntStream.range(0, 300)
                .forEach(i ->
                        berth.admit(new AdmissionRequest(QueueKey.ofInstance(busy.id()), List.of(busy), false, null)));
        assertThat(admitted(other).instance()).isEqualTo(pool.getLast());
    }

    @Test
    void whenOneOfThePoolIsFullTheOthersTakeAll() {
        pool = List.of(
                Instances.named("tiny", Instances.limits(60, 3)), Instances.named("big", Instances.limits(60, 100)));
        IntStream.range(0, 103).forEach(i -> admitted(berth));
        assertThat(ask(berth, null)).isEqualTo(new Full(SETTINGS.retryAfterMax()));
    }

    @Test
    void oneThatCannotBeAskedMightHaveRoom() {
        pool = List.of(Instances.named("tiny", Instances.limits(60, 1)), slow);
        health.unavailable(slow.id(), clock.instant().plusSeconds(90));
        admitted(berth);
        assertThat(ask(berth, null)).isEqualTo(new Unavailable(Duration.ofSeconds(90)));
        health.available(slow.id());
        admitted(berth);
    }

    @Test
    void beyondTheHorizonTicketsAreGivenInOrder() {
        fillHorizon(berth);
        var first = queued(ask(berth, null));
        var second = queued(ask(berth, null));
        assertThat(second.ticket().number()).isGreaterThan(first.ticket().number());
        assertThat(second.ahead()).isGreaterThan(first.ahead());
        assertThat(second.retryAfter()).isGreaterThan(first.retryAfter());
    }

    @Test
    void aTicketIsAdmittedWhenItsEstimateSaid() {
        fillHorizon(berth);
        var places =
                IntStream.range(0, 100).mapToObj(i -> queued(ask(berth, null))).toList();
        for (Queued place : places) {
            clock.advanceTo(VirtualClock.START.plus(place.retryAfter()));
            assertThat(ask(berth, place.ticket())).as("%s", place).isInstanceOf(Admitted.class);
        }
    }

    @Test
    void aNewDeviceDoesNotOvertakeThoseWhoWait() {
        fillHorizon(berth);
        var waiting = queued(ask(berth, null));
        clock.advance(waiting.retryAfter());
        assertThat(ask(berth, null)).isInstanceOf(Queued.class);
        assertThat(ask(replica(), null)).isInstanceOf(Queued.class);
        assertThat(ask(berth, waiting.ticket())).isInstanceOf(Admitted.class);
    }

    @Test
    void askingEarlyOrOftenChangesNothing() {
        fillHorizon(berth);
        var patient = queued(ask(berth, null));
        var pushing = queued(ask(berth, null));
        for (int i = 0; i < 50; i++) {
            clock.advance(Duration.ofMillis(10));
            assertThat(queued(ask(berth, pushing.ticket())).ticket()).isEqualTo(pushing.ticket());
        }
        clock.advance(patient.retryAfter());
        assertThat(ask(berth, patient.ticket())).isInstanceOf(Admitted.class);
    }

    @Test
    void holdersWhoNeverComeDoNotBlockTheLine() {
        fillHorizon(berth);
        var absent =
                IntStream.range(0, 300).mapToObj(i -> queued(ask(berth, null))).toList();
        var last = queued(ask(berth, null));
        assertThat(absent).isNotEmpty();
        for (int second = 0; ask(berth, last.ticket()) instanceof Queued; second++) {
            assertThat(second).as("seconds waited").isLessThan((int) last.ahead());
            clock.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void aNewInstanceShortensTheEstimates() {
        fillHorizon(berth);
        IntStream.range(0, 300).forEach(i -> ask(berth, null));
        var before = queued(ask(berth, null));
        pool = List.of(slow, Instances.named("dps-2", Instances.perMinute(600)));
        clock.advance(Duration.ofSeconds(1));
        var after = ask(berth, before.ticket());
        assertThat(after instanceof Queued still && still.retryAfter().compareTo(before.retryAfter()) >= 0)
                .isFalse();
    }

    @Test
    void waitsTooLongToTellAreCutAndSpread() {
        fillHorizon(berth);
        var waits = new HashSet<Duration>();
        for (int i = 0; i < 3_000; i++) {
            var queued = queued(ask(berth, null));
            assertThat(queued.retryAfter()).isBetween(SchedulingSettings.RETRY_AFTER_MIN, SETTINGS.retryAfterMax());
            if (queued.ahead() > 1_000) {
                waits.add(queued.retryAfter());
            }
        }
        assertThat(waits).hasSizeGreaterThan(1_900);
    }

    @Test
    void aStormOfTicketsCostsFewWrites() {
        var replicas = List.of(berth, replica(), replica(), replica());
        fillHorizon(berth);
        var numbers = new HashSet<Long>();
        for (int i = 0; i < 20_000; i++) {
            numbers.add(queued(ask(replicas.get(i % 4), null)).ticket().number());
        }
        assertThat(numbers).hasSize(20_000);
        assertThat(queues.writes).isLessThan(200);
    }

    @Test
    void theQueueSurvivesARestart() {
        fillHorizon(berth);
        var place = queued(ask(berth, null));
        var restarted = replica();
        assertThat(queued(ask(restarted, place.ticket())).ticket()).isEqualTo(place.ticket());
        clock.advance(place.retryAfter());
        assertThat(ask(restarted, place.ticket())).isInstanceOf(Admitted.class);
    }

    @Test
    void onceNobodyWaitsDevicesGoStraightInAgain() {
        fillHorizon(berth);
        ask(berth, null);
        clock.advance(Duration.ofHours(1));
        admitted(berth);
    }

    @Test
    void aQueueThatCannotBeReachedMakesThePoolUnavailable() {
        var outage = new RepositoryUnavailableException("away", false, Duration.ofSeconds(7), null);
        Queues away = new Queues() {
            @Override
            public Optional<Versioned<QueueState>> find(QueueKey queue) {
                throw outage;
            }

            @Override
            public Map<QueueKey, Versioned<QueueState>> ofOwner(TenantId owner) {
                throw outage;
            }

            @Override
            public Optional<String> swap(QueueKey queue, @Nullable String expectedVersion, QueueState state) {
                throw outage;
            }
        };
        var cutOff = new Scheduler(ledgers, away, health, SETTINGS, clock, Runnable::run, events);
        assertThat(ask(cutOff, null)).isEqualTo(new Unavailable(Duration.ofSeconds(7)));
    }

    @Test
    void whileTheQueuesCannotBeReadThoseWhoseLedgerCanGoOn() {
        var away = new boolean[1];
        var sometimes = new InMemoryQueues() {
            @Override
            public synchronized Map<QueueKey, Versioned<QueueState>> ofOwner(TenantId owner) {
                if (away[0]) {
                    throw new RepositoryUnavailableException("away", false, Duration.ofSeconds(7), null);
                }
                return super.ofOwner(owner);
            }
        };
        var berth = new Scheduler(ledgers, sometimes, health, SETTINGS, clock, Runnable::run, events);
        admitted(berth);
        away[0] = true;
        clock.advance(Duration.ofSeconds(2));
        admitted(berth);
    }

    @Test
    void afterTheReleaseNothingIsAdmitted() {
        admitted(berth);
        berth.release();
        assertThat(ask(berth, null)).isInstanceOf(Unavailable.class);
    }

    private Scheduler replica() {
        return new Scheduler(ledgers, queues, health, SETTINGS, clock, Runnable::run, events);
    }

    private AdmissionDecision ask(Scheduler replica, @Nullable Ticket ticket) {
        return replica.admit(new AdmissionRequest(QUEUE, pool, true, ticket));
    }

    private Admitted admitted(Scheduler replica) {
        var decision = ask(replica, null);
        assertThat(decision).isInstanceOf(Admitted.class);
        return (Admitted) decision;
    }

    private static Queued queued(AdmissionDecision decision) {
        assertThat(decision).isInstanceOf(Queued.class);
        return (Queued) decision;
    }

    /** Known devices take every slot within the horizon; nobody waits yet. */
    private void fillHorizon(Scheduler replica) {
        var slots = new ArrayList<AdmissionDecision>();
        for (var instance : pool) {
            var request = new AdmissionRequest(QueueKey.ofInstance(instance.id()), List.of(instance), false, null);
            for (var decision = replica.admit(request); decision instanceof Admitted; ) {
                slots.add(decision);
                decision = replica.admit(request);
            }
        }
        assertThat(slots).isNotEmpty();
    }
}
