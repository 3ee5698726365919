package dev.berth.provisioning;

import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.RegistrationId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.scheduling.Instances;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.scheduling.SlotSpacing;
import dev.berth.scheduling.VirtualClock;
import dev.berth.store.InMemoryDocumentStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** A fleet that boots at once: the real service on a virtual clock, several replicas, devices that do as they are told. */
final class FleetSimulation {
    private final RandomGenerator random;
    private final VirtualClock clock = new VirtualClock();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingInt(Event::number));
    private final List<DpsInstance> instances;
    private final List<Replica> replicas;
    private final double absentShare;
    private int eventNumber;

    final InMemoryDocumentStore store = new InMemoryDocumentStore();
    final Map<DpsInstanceId, List<Instant>> arrivals = new HashMap<>();
    final List<Instant> slots = new ArrayList<>();
    final Map<Integer, Integer> slotOrder = new HashMap<>();
    int asks;

    private record Event(Instant at, int number, Runnable action) {}

    FleetSimulation(
            RandomGenerator random,
            int replicaCount,
            List<DpsInstance> instances,
            SchedulingSettings settings,
            double absentShare) {
        this.random = random;
        this.instances = instances;
        this.absentShare = absentShare;
        this.replicas = IntStream.range(0, replicaCount)
                .mapToObj(i -> new Replica(store, clock, settings, instances))
                .toList();
    }

    /** Lets {@code devices} ask within {@code rush}, and runs until nothing is left to happen. */
    void run(int devices, Duration rush) {
        for (int i = 0; i < devices; i++) {
            int device = i;
            at(clock.instant().plusNanos((long) (random.nextDouble() * rush.toNanos())), () -> ask(device));
        }
        for (Event event = events.poll(); event != null; event = events.poll()) {
            clock.advanceTo(event.at());
            event.action().run();
        }
    }

    /** From the first ask to the last slot, over N · T / k. */
    double makespanOverIdeal(int devices) {
        Instant last = slots.stream().max(Comparator.naturalOrder()).orElseThrow();
        double perSecond = instances.stream()
                .mapToDouble(instance ->
                        1e9 / SlotSpacing.of(instance.limits()).interval().toNanos())
                .sum();
        return Duration.between(VirtualClock.START, last).toNanos() / 1e9 / (devices / perSecond);
    }

    /** How many windows of 60 s, beginning with an arrival, hold more registrations than the limit. */
    long windowsOverLimit() {
        return instances.stream()
                .mapToLong(instance -> windowsOver(
                        instance.limits().registrationsPerMinute(),
                        arrivals.getOrDefault(instance.id(), List.of()).stream()
                                .sorted()
                                .toList()))
                .sum();
    }

    private static long windowsOver(int limit, List<Instant> sorted) {
        return IntStream.range(0, Math.max(0, sorted.size() - limit))
                .filter(i -> !sorted.get(i + limit).isAfter(sorted.get(i).plusSeconds(60)))
                .count();
    }

    private void at(Instant at, Runnable action) {
        events.add(new Event(at, eventNumber++, action));
    }

    private void ask(int device) {
        asks++;
        Replica replica = replicas.get(random.nextInt(replicas.size()));
        switch (replica.service.idScope(identity(device), false)) {
            case IdScopeAnswer.Register told -> sleepThenRegister(device, told);
            case IdScopeAnswer.Queued queued -> {
                if (random.nextDouble() >= absentShare) {
                    // Retry-After has whole seconds
                    at(
                            clock.instant()
                                    .plusSeconds(queued.retryAfter()
                                            .plusNanos(999_999_999)
                                            .toSeconds()),
                            () -> ask(device));
                }
            }
            case IdScopeAnswer unexpected -> throw new AssertionError(device + " was told " + unexpected);
        }
    }

    private void sleepThenRegister(int device, IdScopeAnswer.Register told) {
        slots.add(told.registerAt());
        slotOrder.put(device, slotOrder.size());
        Duration late = Duration.ofNanos((long)
                (random.nextDouble() * told.instance().limits().arrivalSpread().toNanos()));
        Instant arrival = told.registerAt().plus(late);
        arrivals.computeIfAbsent(told.instance().id(), id -> new ArrayList<>()).add(arrival);
    }

    static DeviceIdentity identity(int device) {
        return new DeviceIdentity(Instances.TENANT, "factory", new RegistrationId("device-" + device), "aa");
    }
}
