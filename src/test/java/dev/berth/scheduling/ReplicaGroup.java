package dev.berth.scheduling;

import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Replicas on one store, each on a machine with a clock of its own, and devices that ask any of them a little faster than the instance
 * can take. What counts is when the devices arrive at DPS, in truth: a device sleeps as long as it was told and has its own delays.
 */
final class ReplicaGroup {
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration UPKEEP = Duration.ofSeconds(1);

    final VirtualClock truth = new VirtualClock();
    final InMemoryLedgers ledgers = new InMemoryLedgers();
    final List<Member> members = new ArrayList<>();
    final List<Instant> arrivals = new ArrayList<>();
    final List<Instant> slots = new ArrayList<>();
    private final InMemoryQueues queues = new InMemoryQueues();
    private final DpsInstance instance;
    private final SchedulingSettings settings = SchedulingSettings.DEFAULT;
    private final RandomGenerator random;
    private Instant upkeepAt = VirtualClock.START;

    ReplicaGroup(int size, DpsInstance instance, long seed) {
        this.instance = instance;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < size; i++) {
            members.add(new Member());
        }
    }

    /** One replica. */
    final class Member implements Ledgers {
        final MachineClock clock = new MachineClock(truth);
        final ClockOffset offset = new ClockOffset(this::storeTime, settings, clock, this::ticks);
        final Scheduler scheduler = new Scheduler(
                this, queues, new InstanceHealth(), offset, settings, clock, Runnable::run, SchedulingEvents.NONE);
        boolean runs = true;
        boolean cutOff;
        int admitted;

        @Override
        public Optional<Versioned<Ledger>> find(DpsInstanceId id) {
            reach();
            return ledgers.find(id);
        }

        @Override
        public Optional<String> swap(DpsInstanceId id, @Nullable String expectedVersion, Ledger ledger) {
            reach();
            return ledgers.swap(id, expectedVersion, ledger);
        }

        private StoreTime.Reading storeTime() {
            reach();
            return new StoreTime.Reading(truth.instant(), Duration.ZERO);
        }

        private long ticks() {
            return ChronoUnit.NANOS.between(VirtualClock.START, truth.instant());
        }

        private void reach() {
            if (cutOff) {
                throw new RepositoryUnavailableException("cut off", false, Duration.ofSeconds(1), null);
            }
        }

        private void upkeep() {
            offset.measure();
            scheduler.tidy();
        }
    }

    void run(Duration duration) {
        Instant end = truth.instant().plus(duration);
        while (truth.instant().isBefore(end)) {
            if (!truth.instant().isBefore(upkeepAt)) {
                members.stream().filter(member -> member.runs).forEach(Member::upkeep);
                upkeepAt = truth.instant().plus(UPKEEP);
            }
            aDeviceAsks();
            truth.advance(STEP);
        }
    }

    /** The first replica to answer serves it. */
    private void aDeviceAsks() {
        int first = random.nextInt(members.size());
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get((first + i) % members.size());
            if (member.runs && admit(member)) {
                return;
            }
        }
    }

    private boolean admit(Member member) {
        var request = new AdmissionRequest(QueueKey.ofInstance(instance.id()), List.of(instance), true, null);
        if (!(member.scheduler.admit(request) instanceof AdmissionDecision.Admitted admitted)) {
            return false;
        }
        member.admitted++;
        Instant slot = admitted.reservation().slot();
        Duration sleep = Duration.between(member.clock.instant(), slot);
        slots.add(slot);
        arrivals.add(truth.instant()
                .plus(sleep)
                .plusNanos(random.nextLong(settings.registerWithin()
                        .plus(settings.networkSpreadMax())
                        .toNanos())));
        return true;
    }

    /** The most arrivals in any minute, wherever it begins. */
    int worstMinute() {
        var sorted = arrivals.stream().sorted().toList();
        int worst = 0;
        int from = 0;
        for (int to = 0; to < sorted.size(); to++) {
            while (!sorted.get(from).plusSeconds(60).isAfter(sorted.get(to))) {
                from++;
            }
            worst = Math.max(worst, to - from + 1);
        }
        return worst;
    }

    /** Which share of the slots between two instants went to devices. */
    double use(Instant from, Instant to) {
        long used = slots.stream()
                .filter(slot -> !slot.isBefore(from) && slot.isBefore(to))
                .count();
        return used
                / (SlotSpacing.of(instance.limits()).perSecond()
                        * Duration.between(from, to).toSeconds());
    }
}
