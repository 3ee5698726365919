package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.inventory.DpsInstance;
import dev.berth.scheduling.SlotOutcome.Full;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last registrations of an instance, with sixteen replicas at it. */
class CapacityTest {
    private static final int REPLICAS = 16;
    private static final int MAX = 3_000;
    private static final SchedulingSettings SETTINGS = SchedulingSettings.DEFAULT;

    private final DpsInstance instance = Instances.named("dps-1", Instances.limits(1_000_000, MAX));
    private final VirtualClock clock = new VirtualClock();
    private final InMemoryLedgers ledgers = new InMemoryLedgers();
    private final List<InstanceTimeline> replicas = new ArrayList<>(
            IntStream.range(0, REPLICAS).mapToObj(_ -> replica()).toList());

    @AfterEach
    void theMaximumIsNeverPassed() {
        assertThat(committed()).isLessThanOrEqualTo(MAX);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noDeviceIsLeftRefusedWhileARegistrationIsFree(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int given = 0;
        int waiting = 0;
        for (int tenth = 0; given < MAX && tenth < 3_000; tenth++) {
            waiting += given + waiting < MAX ? 20 : 0;
            for (int i = waiting; i > 0; i--) {
                switch (replicas.get(random.nextInt(REPLICAS)).take(instance.limits(), true)) {
                    case Reservation _ -> {
                        given++;
                        waiting--;
                    }
                    case Full() -> assertThat(committed()).isEqualTo(MAX);
                    case SlotOutcome other -> throw new AssertionError(other);
                }
            }
            clock.advance(Duration.ofMillis(100));
            if (tenth % 10 == 9) {
                replicas.forEach(InstanceTimeline::tidy);
            }
        }
        assertThat(waiting).isZero();
        assertThat(given).isEqualTo(MAX);
        assertThat(committed()).isEqualTo(MAX);
    }

    @Test
    void aReplicaInARushGivesBackWhatOthersNeedNearTheEnd() {
        var rushing = replicas.getFirst();
        int given = take(rushing, 1_000);
        long held = committed() - rushing.standing(instance.limits()).used();
        assertThat(held).isPositive();
        var other = replicas.getLast();
        given += take(other, MAX);
        assertThat(committed()).isEqualTo(MAX);
        assertThat(given).isLessThan(MAX);
        clock.advance(Duration.ofSeconds(1)); // what it held, it has not looked at since
        given += take(rushing, 1);
        clock.advance(SETTINGS.ledgerFreshFor());
        rushing.tidy();
        given += take(other, MAX);
        assertThat(given).isEqualTo(MAX);
    }

    @Test
    void aCrashLeaksWhatWasHeldForTheNextDevicesAndNoMore() {
        var crashed = replicas.getFirst();
        int used = 0;
        for (int i = 0; i < 1_000; i++) {
            used += crashed.take(instance.limits(), true) instanceof Reservation ? 1 : 0;
        }
        assertThat(committed() - used).isBetween(0L, (long) SETTINGS.blockSlotsMax());
    }

    @Test
    void anIdleReplicasCrashLeaksNothing() {
        for (int i = 0; i < 20; i++) {
            assertThat(replicas.get(i % REPLICAS).take(instance.limits(), true)).isInstanceOf(Reservation.class);
            clock.advance(Duration.ofSeconds(5));
        }
        assertThat(committed()).isEqualTo(20);
    }

    @Test
    void threadsOfAllReplicasAtOnceNeitherPassTheMaximumNorLoseARegistration() throws Exception {
        var given = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 64)
                    .<Future<?>>mapToObj(thread -> threads.submit(() -> {
                        for (int i = 0; i < 100; i++) {
                            boolean got = replicas.get((thread + i) % REPLICAS).take(instance.limits(), true)
                                    instanceof Reservation;
                            given.addAndGet(got ? 1 : 0);
                        }
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        }
        replicas.forEach(InstanceTimeline::release);
        assertThat(committed()).isEqualTo(given.get());
    }

    /** How many of {@code wanted} it gave. */
    private int take(InstanceTimeline replica, int wanted) {
        int given = 0;
        while (given < wanted && replica.take(instance.limits(), true) instanceof Reservation) {
            given++;
        }
        return given;
    }

    private long committed() {
        return ledgers.of(instance.id()).committed();
    }

    private InstanceTimeline replica() {
        return new InstanceTimeline(instance.id(), ledgers, SETTINGS, clock, Runnable::run, SchedulingEvents.NONE);
    }
}
