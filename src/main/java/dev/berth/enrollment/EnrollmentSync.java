package dev.berth.enrollment;

import dev.berth.inventory.Catalogs;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.EnrollmentGroup;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.InventorySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Brings one DPS instance in step with the inventory: looks at all that it holds, compares, and writes what differs.
 *
 * <p>Nothing is remembered between runs but what was found. Each begins with a fresh look, and each write is conditional on what that look
 * saw; so a run that was cut off anywhere, or done twice at once, is simply done again.
 */
public final class EnrollmentSync {
    private final Catalogs catalogs;
    private final DpsServices services;
    private final SyncRuns runs;
    private final String replica;
    private final InstantSource clock;
    private final SyncEvents events;

    /** @param replica what tells this replica's leases from those of others, and of its earlier lives */
    public EnrollmentSync(
            Catalogs catalogs,
            DpsServices services,
            SyncRuns runs,
            String replica,
            InstantSource clock,
            SyncEvents events) {
        this.catalogs = catalogs;
        this.services = services;
        this.runs = runs;
        this.replica = replica;
        this.clock = clock;
        this.events = events;
    }

    /** How an attempt to run ended. */
    public enum Outcome {
        /** All groups were looked at and, where possible, brought in step. */
        DONE,
        /** It ended early; the run says why. */
        FAILED,
        /** Another replica is at it. */
        BUSY,
        /** There was a run since the instant from which on one was wanted. */
        RECENT
    }

    /** Runs, unless another replica does, or one began after {@code wantedSince}. */
    public Outcome run(DpsInstance instance, InventorySnapshot inventory, Instant wantedSince) {
        Instant now = clock.instant();
        var last = runs.find(instance.id());
        if (last.filter(found -> found.value().isRunning(now)).isPresent()) {
            return Outcome.BUSY;
        }
        if (last.filter(found -> found.value().isDoneSince(wantedSince)).isPresent()) {
            return Outcome.RECENT;
        }
        var lease = RunLease.take(
                runs, instance.id(), last.map(found -> found.version()).orElse(null), replica, clock);
        try {
            return lease.map(taken -> run(instance, inventory, taken)).orElse(Outcome.BUSY);
        } catch (HeldRun.Lost lost) {
            return Outcome.BUSY;
        }
    }

    private Outcome run(DpsInstance instance, InventorySnapshot inventory, RunLease lease) {
        Instant start = clock.instant();
        var declared = declared(instance, inventory);
        var desired = desired(declared, inventory);
        lease.total(desired.size());
        var work = new SyncWork(
                instance,
                catalogs.enrollmentGroups(),
                group -> inventory
                        .trustAnchors()
                        .named(group.tenant(), group.trustAnchor())
                        .isPresent(),
                new Standings(catalogs.enrollmentStandings(), instance.id(), events),
                lease,
                clock,
                events);
        String failure = switch (services.access(instance)) {
            case DpsServices.Access.Open(var service) -> work.against(service, declared, desired);
            case DpsServices.Access.Closed(var reason, var detail) -> work.unreachable(desired, detail);
        };
        services.warning(instance).ifPresent(lease::note);
        lease.finish(failure);
        events.ran(instance.id(), Duration.between(start, clock.instant()), lease.operations(), failure);
        return failure == null ? Outcome.DONE : Outcome.FAILED;
    }

    /** All groups at the instance, with those that its policy has just added. */
    private List<EnrollmentGroup> declared(DpsInstance instance, InventorySnapshot inventory) {
        var declared = inventory.enrollmentGroups(instance.id());
        var anchors = inventory.trustAnchors().all().stream()
                .filter(anchor -> anchor.tenant().equals(instance.id().tenant()))
                .toList();
        var added = new AutomaticGroups(catalogs.enrollmentGroups()).addMissing(instance, anchors, declared);
        return Stream.concat(declared.stream(), added.stream()).toList();
    }

    private static List<DesiredGroup> desired(List<EnrollmentGroup> declared, InventorySnapshot inventory) {
        var desired = new ArrayList<DesiredGroup>();
        declared.stream()
                .filter(group -> group.policy() != EnrollmentPolicy.EXTERNAL)
                .forEach(group -> inventory
                        .trustAnchors()
                        .named(group.tenant(), group.trustAnchor())
                        .ifPresent(anchor -> desired.add(new DesiredGroup(group, anchor))));
        return desired;
    }
}
