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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one decision costs when the replica holds a slot: a known device of one instance is admitted, and its slot taken back for the next.
 * So the figure has a take-back in it, too. What is allocated is counted beyond the answer, which is {@value #ANSWER_BYTES} bytes.
 */
public final class DecisionBenchmark implements Benchmark {
    private static final double GOAL_NANOS = 1_000;

    /** An {@code Admitted} and its {@code Reservation}, with compressed pointers. */
    private static final long ANSWER_BYTES = 24 + 32;

    private static final int DECISIONS = 2_000_000;

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2027-01-01T00:00:00Z"));
    private final DpsInstance instance = new DpsInstance(
            new DpsInstanceId(new TenantId("bench"), "dps-1"),
            "0neBENCH",
            "global.example",
            "dps-1.example",
            null,
            null,
            null,
            Limits.DPS,
            1,
            DpsInstance.State.ACTIVE);
    private final Scheduler scheduler = new Scheduler(
            new OneLedger(),
            new NoQueue(),
            new InstanceHealth(),
            SchedulingSettings.DEFAULT,
            clock,
            Runnable::run,
            SchedulingEvents.NONE);
    private final AdmissionRequest request =
            new AdmissionRequest(QueueKey.ofInstance(instance.id()), List.of(instance), false, null);

    @Override
    public List<Figure> measure() throws Exception {
        double nanos = Rounds.median(this::nanosPerDecision);
        double bytes = Rounds.median(this::bytesPerDecision);
        return List.of(
                Figure.atMost(GOAL_NANOS, "decision", nanos, "ns"),
                Figure.atMost(0, "decision-allocation", bytes, "bytes beyond the answer"));
    }

    private double nanosPerDecision() {
        long began = System.nanoTime();
        decide();
        return (double) (System.nanoTime() - began) / DECISIONS;
    }

    private double bytesPerDecision() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        decide();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        return Math.max(0, (double) allocated / DECISIONS - ANSWER_BYTES);
    }

    private void decide() {
        for (int i = 0; i < DECISIONS; i++) {
            if (!(scheduler.admit(request) instanceof AdmissionDecision.Admitted admitted)) {
                throw new IllegalStateException("there was no slot");
            }
            scheduler.giveBack(admitted.reservation());
        }
    }

    /** One that nobody else writes. */
    private static final class OneLedger implements Ledgers {
        private Ledger ledger = Ledger.UNUSED;
        private int version;

        @Override
        public Optional<Versioned<Ledger>> find(DpsInstanceId instance) {
            return version == 0 ? Optional.empty() : Optional.of(new Versioned<>(ledger, Integer.toString(version)));
        }

        @Override
        public Optional<String> swap(DpsInstanceId instance, @Nullable String expectedVersion, Ledger next) {
            ledger = next;
            return Optional.of(Integer.toString(++version));
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
