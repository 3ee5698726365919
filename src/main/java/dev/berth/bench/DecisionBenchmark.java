package dev.berth.bench;

import com.sun.management.ThreadMXBean;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Limits;
import dev.berth.inventory.Versioned;
import dev.berth.scheduling.AdmissionDecision;
import dev.berth.scheduling.AdmissionRequest;
import dev.berth.scheduling.InstanceHealth;
import dev.berth.scheduling.Ledger;
import dev.berth.scheduling.Ledgers;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.QueueState;
import dev.berth.scheduling.Queues;
import dev.berth.scheduling.Scheduler;
import dev.berth.scheduling.SchedulingEvents;
import dev.berth.scheduling.SchedulingSettings;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What one decision costs when the replica holds slots: a new device is admitted to one of so many instances, and its slot and capacity are
 * taken back for the next. So the figure has a take-back in it, too. What is allocated is counted beyond the answer, and without the
 * readings of the clock, which stands still here.
 */
public final class DecisionBenchmark implements Benchmark {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final TenantId TENANT = new TenantId("bench");
    private static final double GOAL_NANOS = 1_000;

    /** An {@code Admitted} with its {@code Reservation} and its {@code Contest}, whose list of candidates has a head and an array. */
    private static final long ANSWER_BYTES = 24 + 32 + 32 + 24 + 16;

    /** In it for each instance: a {@code Candidate} with its {@code Standing}, and a place in the array. All with compressed pointers. */
    private static final long ANSWER_BYTES_PER_INSTANCE = 24 + 32 + 4;

    /** Objects begin at multiples of it. */
    private static final long ALIGNMENT = 8;

    private static final int SLOTS_TAKEN = 20;
    private static final int DECISIONS = 2_000_000;

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2027-01-01T00:00:00Z"));
    private final Scheduler scheduler = new Scheduler(
            new LonelyLedgers(),
            new NoQueue(),
            new InstanceHealth(),
            SchedulingSettings.DEFAULT,
            clock,
            Runnable::run,
            SchedulingEvents.NONE);
    private final int instances;
    private final AdmissionRequest request;

    public DecisionBenchmark(int instances) {
        this.instances = instances;
        this.request = new AdmissionRequest(
                QueueKey.ofPool(TENANT, TENANT, "anchor", null),
                IntStream.rangeClosed(1, instances)
                        .mapToObj(DecisionBenchmark::instance)
                        .toList(),
                true,
                null);
    }

    @Override
    public List<Figure> measure() throws Exception {
        holdBlocks();
        double nanos = Rounds.median(this::nanosPerDecision);
        double bytes = Rounds.median(this::bytesPerDecision);
        return List.of(
                Figure.atMost(GOAL_NANOS, "decision-" + instances, nanos, "ns of CPU"),
                Figure.atMost(0, "decision-allocation-" + instances, bytes, "bytes beyond the answer"));
    }

    private double nanosPerDecision() {
        long began = THREADS.getCurrentThreadCpuTime();
        decideAll();
        return (double) (THREADS.getCurrentThreadCpuTime() - began) / DECISIONS;
    }

    private double bytesPerDecision() {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        decideAll();
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        long answer = Math.ceilDiv(ANSWER_BYTES + instances * ANSWER_BYTES_PER_INSTANCE, ALIGNMENT) * ALIGNMENT;
        return Math.max(0, (double) allocated / DECISIONS - answer);
    }

    /** In a rush a replica holds slots of every instance. */
    void holdBlocks() {
        request.instances().forEach(this::holdBlock);
    }

    /** Admits one device, and takes its slot back. */
    AdmissionDecision decide() {
        AdmissionDecision decision = scheduler.admit(request);
        if (!(decision instanceof AdmissionDecision.Admitted admitted)) {
            throw new IllegalStateException("there was no slot");
        }
        scheduler.giveBack(admitted.reservation());
        return decision;
    }

    private void holdBlock(DpsInstance instance) {
        var alone = new AdmissionRequest(request.queue(), List.of(instance), true, null);
        for (int i = 0; i < SLOTS_TAKEN; i++) {
            if (!(scheduler.admit(alone) instanceof AdmissionDecision.Admitted)) {
                throw new IllegalStateException("there was no slot");
            }
        }
    }

    private void decideAll() {
        for (int i = 0; i < DECISIONS; i++) {
            decide();
        }
    }

    private static DpsInstance instance(int number) {
        return new DpsInstance(
                new DpsInstanceId(TENANT, "dps-" + number),
                "0neBENCH" + number,
                "global.example",
                "dps-" + number + ".example",
                null,
                null,
                null,
                Limits.DPS,
                1,
                DpsInstance.State.ACTIVE);
    }

    /** Nobody else writes them. */
    private static final class LonelyLedgers implements Ledgers {
        private final Map<DpsInstanceId, Versioned<Ledger>> ledgers = new HashMap<>();

        @Override
        public Optional<Versioned<Ledger>> find(DpsInstanceId instance) {
            return Optional.ofNullable(ledgers.get(instance));
        }

        @Override
        public Optional<String> swap(DpsInstanceId instance, @Nullable String expectedVersion, Ledger next) {
            String version = expectedVersion + "'";
            ledgers.put(instance, new Versioned<>(next, version));
            return Optional.of(version);
        }
    }

    /** Nobody ever waited. */
    private static final class NoQueue implements Queues {
        @Override
        public Optional<Versioned<QueueState>> find(QueueKey queue) {
            return Optional.empty();
        }

        @Override
        public Map<QueueKey, Versioned<QueueState>> ofOwner(TenantId owner) {
            return Map.of();
        }

        @Override
        public Optional<String> swap(QueueKey queue, @Nullable String expectedVersion, QueueState state) {
            return Optional.of("1");
        }
    }
}
