package dev.berth.enrollment;

import dev.berth.inventory.Catalog;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.EnrollmentGroup;
import dev.berth.inventory.EnrollmentStanding.State;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The work of one run: looks, plans, and takes the steps of the plan one by one. */
final class SyncWork {
    private final DpsInstance instance;
    private final Catalog<EnrollmentGroup> catalog;
    private final Predicate<EnrollmentGroup> provenAnchor;
    private final Standings standings;
    private final RunLease lease;
    private final InstantSource clock;
    private final SyncEvents events;

    /** @param provenAnchor whether a group's trust anchor is proven */
    SyncWork(
            DpsInstance instance,
            Catalog<EnrollmentGroup> catalog,
            Predicate<EnrollmentGroup> provenAnchor,
            Standings standings,
            RunLease lease,
            InstantSource clock,
            SyncEvents events) {
        this.instance = instance;
        this.catalog = catalog;
        this.provenAnchor = provenAnchor;
        this.standings = standings;
        this.lease = lease;
        this.clock = clock;
        this.events = events;
    }

    /** Why it ended before its end, or null. */
    @Nullable String against(DpsService service, List<EnrollmentGroup> declared, List<DesiredGroup> desired) {
        var open = new ArrayList<>(desired);
        try {
            for (var step : SyncPlan.of(instance, declared, desired, groups(service))) {
                lease.renew(service.operations());
                take(service, step, open);
            }
            return null;
        } catch (DpsServiceException e) {
            // A replica that stops has not looked, and says nothing of what it has not seen.
            return e.kind() == DpsServiceException.Kind.INTERRUPTED
                    ? "stopped on the way"
                    : unreachable(open, e.getMessage());
        } finally {
            lease.used(service.operations());
        }
    }

    /** Notes that nobody could look at the groups; the reason. */
    String unreachable(List<DesiredGroup> groups, @Nullable String reason) {
        var why = reason == null ? "the instance cannot be reached" : reason;
        groups.forEach(desired -> standings.note(desired, Finding.unreachable(why), clock.instant()));
        return why;
    }

    private static List<RemoteGroup> groups(DpsService service) {
        var groups = new ArrayList<RemoteGroup>();
        @Nullable String continuation = null;
        do {
            var page = service.listGroups(DpsService.PAGE_MAX, continuation);
            groups.addAll(page.values());
            continuation = page.continuation();
        } while (continuation != null);
        return groups;
    }

    private void take(DpsService service, SyncStep step, List<DesiredGroup> open) {
        switch (step) {
            case SyncStep.Delete(var remote) -> delete(service, remote);
            case SyncStep.Note(var desired, var finding) -> done(desired, finding, open);
            case SyncStep.Write(var desired, var existing, var differences) ->
                done(desired, written(service, desired, existing, differences), open);
        }
    }

    private void done(DesiredGroup desired, Finding finding, List<DesiredGroup> open) {
        standings.note(desired, finding, clock.instant());
        open.remove(desired);
        lease.advance();
    }

    private Finding written(
            DpsService service, DesiredGroup desired, @Nullable RemoteGroup existing, List<String> differences) {
        try {
            return switch (service.putGroup(desired.target(existing))) {
                case DpsService.GroupWrite.Written(var group) -> {
                    events.written(instance.id(), group.id(), differences);
                    yield judged(desired, group);
                }
                case DpsService.GroupWrite.Stale() -> lookedAtAgain(service, desired);
            };
        } catch (DpsServiceException e) {
            return switch (e.kind()) {
                case REFUSED ->
                    Finding.refused(
                            existing != null && desired.covers(existing),
                            e.getMessage() == null ? "DPS refuses the group" : e.getMessage());
                case OUTCOME_UNKNOWN -> lookedAtAgain(service, desired);
                case THROTTLED, UNAUTHORIZED, UNAVAILABLE, OVERLOADED, INTERRUPTED -> throw e;
            };
        }
    }

    /** After a write that was too late, or whose outcome is unknown: what stands there now. The next run does the rest. */
    private static Finding lookedAtAgain(DpsService service, DesiredGroup desired) {
        return service.findGroup(desired.remoteId())
                .map(group -> judged(desired, group))
                .orElseGet(() -> Finding.missing("it was not there after it had been written"));
    }

    private static Finding judged(DesiredGroup desired, RemoteGroup group) {
        var differences = desired.differences(group);
        if (!desired.isOurs(group)) {
            return Finding.refused(
                    desired.covers(group),
                    "the instance has an enrollment group " + group.id() + " that is not Berth's");
        }
        return differences.isEmpty()
                ? SyncPlan.asWanted(desired)
                : new Finding(State.DRIFTED, desired.covers(group), "it differs: " + String.join(", ", differences));
    }

    private void delete(DpsService service, RemoteGroup remote) {
        var etag = remote.etag();
        if (etag == null || !isGone(remote)) {
            return;
        }
        if (service.deleteGroup(remote.id(), etag) == DpsService.Deletion.DELETED) {
            events.deleted(instance.id(), remote.id());
            lease.note("enrollment group " + remote.id()
                    + " was deleted at the instance; the registrations of its devices stay there and keep counting");
        }
    }

    /**
     * Asks the store itself. What a list leaves out need not be gone: it may be written since, or by a newer program that runs beside this
     * one.
     */
    private boolean isGone(RemoteGroup remote) {
        var mark = remote.mark();
        try {
            return mark != null
                    && catalog.find(mark.tenant(), mark.enrollmentGroup())
                            .filter(found -> isOf(found.value(), mark))
                            .isEmpty();
        } catch (IllegalStateException unreadable) {
            lease.note(
                    "enrollment group " + remote.id() + " was left alone: its entry in the inventory cannot be read");
            return false;
        }
    }

    /** Whether the group in the inventory still asks for the one at DPS; not if its anchor is gone. */
    private boolean isOf(EnrollmentGroup group, RemoteGroup.Mark mark) {
        return group.dpsInstance().equals(instance.id().name())
                && group.trustAnchor().equals(mark.trustAnchor())
                && provenAnchor.test(group);
    }
}
