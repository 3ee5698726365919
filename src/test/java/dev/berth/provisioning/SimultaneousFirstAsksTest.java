package dev.berth.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduling.Instances;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.scheduling.VirtualClock;
import dev.berth.store.InMemoryDocumentStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Real threads, several replicas, one store. */
class SimultaneousFirstAsksTest {
    private static final int REPLICAS = 3;
    private static final int DEVICES = 200;
    private static final int ASKS_PER_DEVICE = 6;

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final List<Replica> replicas = IntStream.range(0, REPLICAS)
            .mapToObj(i -> new Replica(
                    store, clock, SchedulingSettings.DEFAULT, Instances.many(2, Instances.perMinute(1_000))))
            .toList();

    @Test
    void oneDeviceGetsOneAssignmentAndTakesOneRegistration() throws InterruptedException, ExecutionException {
        var answers = askAll();

        var slots = new HashSet<>();
        for (var ofOneDevice : answers) {
            assertThat(ofOneDevice).hasSize(1);
            assertThat(slots.addAll(ofOneDevice)).isTrue();
        }
        replicas.forEach(replica -> replica.scheduler.release());
        assertThat(committed()).isEqualTo(DEVICES);
    }

    /** For each device the different assignments it was told. */
    private List<Set<String>> askAll() throws InterruptedException, ExecutionException {
        var asks = new ArrayList<Callable<String>>();
        for (int i = 0; i < DEVICES * ASKS_PER_DEVICE; i++) {
            int ask = i;
            asks.add(() -> ask(replicas.get(ask % REPLICAS), ask / ASKS_PER_DEVICE));
        }
        var told = IntStream.range(0, DEVICES)
                .<Set<String>>mapToObj(i -> new HashSet<>())
                .toList();
        try (var threads = Executors.newFixedThreadPool(16)) {
            var futures = threads.invokeAll(asks);
            for (int i = 0; i < futures.size(); i++) {
                told.get(i / ASKS_PER_DEVICE).add(futures.get(i).get());
            }
        }
        return told;
    }

    private static String ask(Replica replica, int device) {
        var told = (IdScopeAnswer.Register) replica.service.idScope(Replica.identity(device), false);
        return told.instance().id() + " " + told.generation() + " " + told.registerAt();
    }

    private long committed() {
        var replica = replicas.getFirst();
        return replica.instances.stream()
                .mapToLong(instance -> replica.ledgers
                        .find(instance.id())
                        .map(found -> found.value().committed())
                        .orElse(0L))
                .sum();
    }
}
