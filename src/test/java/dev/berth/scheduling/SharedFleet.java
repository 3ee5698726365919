package dev.berth.scheduling;

import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Devices of several queues that do as they are told, several replicas, one virtual clock: who gets which slot. */
final class SharedFleet {
    final VirtualClock clock = new VirtualClock();
    final InMemoryLedgers ledgers = new InMemoryLedgers();
    final InMemoryQueues queues = new InMemoryQueues();
    final CountingEvents events = new CountingEvents();
    final InstanceHealth health = new InstanceHealth();
    final List<Told> told = new ArrayList<>();
    private final List<Scheduler> replicas;
    private final RandomGenerator random;
    private final PriorityQueue<Event> due =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingInt(Event::number));
    private final boolean loyal;
    private int number;
    private Instant tidyAt = VirtualClock.START;
    int asks;

    /** One device was told one slot. */
    record Told(QueueKey queue, DpsInstanceId instance, Instant first, Instant at, Instant slot) {
        Duration waited() {
            return Duration.between(first, at);
        }
    }

    private record Event(Instant at, int number, Runnable action) {}

    /** Of devices that ask any replica each time. */
    SharedFleet(int replicaCount, SchedulingSettings settings, long seed) {
        this(replicaCount, settings, seed, false);
    }

    /** @param loyal whether a device asks the same replica each time */
    SharedFleet(int replicaCount, SchedulingSettings settings, long seed, boolean loyal) {
        this.loyal = loyal;
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        replicas = IntStream.range(0, replicaCount)
                .mapToObj(i -> new Scheduler(ledgers, queues, health, settings, clock, Runnable::run, events))
                .toList();
    }

    /** So many devices of {@code queue} ask for the first time, evenly within {@code rush} from {@code after} on. */
    SharedFleet boot(int devices, QueueKey queue, List<DpsInstance> instances, Duration after, Duration rush) {
        return boot(devices, queue, instances, after, rush, () -> loyal ? any() : null);
    }

    /** The same of devices that always ask the replica with this number. */
    SharedFleet bootThrough(
            int replica, int devices, QueueKey queue, List<DpsInstance> instances, Duration after, Duration rush) {
        return boot(devices, queue, instances, after, rush, () -> replicas.get(replica));
    }

    private SharedFleet boot(
            int devices,
            QueueKey queue,
            List<DpsInstance> instances,
            Duration after,
            Duration rush,
            Supplier<@Nullable Scheduler> homes) {
        for (int i = 0; i < devices; i++) {
            Instant at = VirtualClock.START.plus(after).plusNanos((long) (rush.toNanos() * random.nextDouble()));
            @Nullable Scheduler home = homes.get();
            at(at, () -> ask(queue, instances, at, null, home));
        }
        return this;
    }

    private Scheduler any() {
        return replicas.get(random.nextInt(replicas.size()));
    }

    SharedFleet run() {
        return runUntil(Duration.ofDays(30));
    }

    SharedFleet runUntil(Duration end) {
        Instant last = VirtualClock.START.plus(end);
        while (!due.isEmpty() && !due.peek().at().isAfter(last)) {
            Event event = due.remove();
            clock.advanceTo(event.at());
            tidyOnceASecond();
            event.action().run();
        }
        return this;
    }

    private void tidyOnceASecond() {
        if (!clock.instant().isBefore(tidyAt)) {
            replicas.forEach(Scheduler::tidy);
            tidyAt = clock.instant().plusSeconds(1);
        }
    }

    void at(Instant at, Runnable action) {
        due.add(new Event(at, number++, action));
    }

    private void ask(
            QueueKey queue,
            List<DpsInstance> instances,
            Instant first,
            @Nullable Ticket ticket,
            @Nullable Scheduler home) {
        asks++;
        Scheduler replica = home != null ? home : any();
        boolean newDevice = queue.workClass() == WorkClass.FIRST_BOOT;
        switch (replica.admit(new AdmissionRequest(queue, instances, newDevice, ticket))) {
            case AdmissionDecision.Admitted(DpsInstance instance, Reservation reservation, var _) ->
                told.add(new Told(queue, instance.id(), first, clock.instant(), reservation.slot()));
            case AdmissionDecision.Queued(Ticket place, long _, Duration retryAfter) ->
                at(clock.instant().plus(wholeSeconds(retryAfter)), () -> ask(queue, instances, first, place, home));
            case AdmissionDecision.Full(Duration retryAfter) ->
                at(clock.instant().plus(wholeSeconds(retryAfter)), () -> ask(queue, instances, first, ticket, home));
            case AdmissionDecision.Unavailable(Duration retryAfter) ->
                at(clock.instant().plus(wholeSeconds(retryAfter)), () -> ask(queue, instances, first, ticket, home));
        }
    }

    /** As Retry-After is on the wire. */
    private static Duration wholeSeconds(Duration wait) {
        return Duration.ofSeconds(wait.plusNanos(999_999_999).toSeconds());
    }

    /** How many of the slots in a span of time went to {@code queue}, as a part of all that were told. */
    double share(QueueKey queue, Duration from, Duration to) {
        var within = told.stream()
                .filter(one -> !one.slot().isBefore(VirtualClock.START.plus(from))
                        && one.slot().isBefore(VirtualClock.START.plus(to)))
                .toList();
        return (double) within.stream().filter(one -> one.queue().equals(queue)).count() / within.size();
    }

    List<Told> of(QueueKey queue) {
        return told.stream().filter(one -> one.queue().equals(queue)).toList();
    }

    Duration longestWait(QueueKey queue) {
        return of(queue).stream()
                .map(Told::waited)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** By how much at most a device has a later slot than one that asked after it. */
    Duration worstOvertaking() {
        var worst = Duration.ZERO;
        var latest = Instant.MIN;
        for (Told one : told.stream().sorted(Comparator.comparing(Told::first)).toList()) {
            latest = one.slot().isAfter(latest) ? one.slot() : latest;
            Duration overtaken = Duration.between(one.slot(), latest);
            worst = overtaken.compareTo(worst) > 0 ? overtaken : worst;
        }
        return worst;
    }

    /** By how many at most a device was overtaken: they were told later than it, an earlier slot of its instance. */
    int mostOvertakers() {
        int most = 0;
        for (int i = 0; i < told.size(); i++) {
            Told one = told.get(i);
            int overtakers = (int) told.subList(i + 1, told.size()).stream()
                    .filter(later -> later.instance().equals(one.instance())
                            && later.slot().isBefore(one.slot()))
                    .count();
            most = Math.max(most, overtakers);
        }
        return most;
    }

    /** From the start to the last slot, over what {@code perSecond} slots would take for all that were told. */
    double makespanOverIdeal(double perSecond) {
        Instant last =
                told.stream().map(Told::slot).max(Comparator.naturalOrder()).orElseThrow();
        return Duration.between(VirtualClock.START, last).toMillis() / 1e3 / (told.size() / perSecond);
    }

    int writes() {
        return ledgers.writes + queues.writes;
    }
}
