package dev.berth.lifecycle;

import dev.berth.enrollment.DpsService;
import dev.berth.enrollment.DpsServiceException;
import dev.berth.enrollment.RemotePage;
import dev.berth.enrollment.RemoteRegistration;
import dev.berth.inventory.DpsInstanceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the registrations of one instance, group by group and page by page, and compares each with its device. What it knows between two pages
 * is saved now and then; after a crash, whoever goes on reads some pages again, and sees nothing twice that he has seen.
 */
final class RegistrationCount {
    /** How often the place in the list of one group may be lost, before the count gives up. */
    private static final int RESTARTS_MAX = 3;

    private final DpsInstanceId instance;
    private final DpsService service;
    private final Reconciliations store;
    private final int pageSize;
    private final PageJudge judge;
    private final LookUps lookUps;
    private final SeenIds seen;
    private final Findings findings;
    private Count count;
    private @Nullable String continuation;
    private int restarts;
    private boolean taking;

    RegistrationCount(
            DpsInstanceId instance,
            DpsService service,
            Reconciliations store,
            int pageSize,
            PageJudge judge,
            LookUps lookUps,
            SeenIds seen,
            Findings findings,
            Stage.Counting from) {
        this.instance = instance;
        this.service = service;
        this.store = store;
        this.pageSize = pageSize;
        this.judge = judge;
        this.lookUps = lookUps;
        this.seen = seen;
        this.findings = findings;
        this.count = from.count();
        this.continuation = from.continuation();
    }

    /** Reads one page; the devices that it confirmed, or empty if there is none left to read. */
    Optional<Long> readPage() {
        var group = count.next();
        return group.map(GroupCount::group).map(this::page).map(page -> take(group.orElseThrow(), page));
    }

    /** Whether as much was seen as one chunk holds, but for one page. */
    boolean isFull() {
        return seen.recent() + DpsService.PAGE_MAX > Reconciliations.CHUNK_MAX;
    }

    /** Saves all that is not in the stage. */
    Count save() {
        findings.save();
        seen.takeRecent().ifPresent(hashes -> {
            store.saveSeen(instance, count.chunks(), hashes);
            count = new Count(count.groups(), count.chunks() + 1, count.tally());
        });
        return count;
    }

    /** Whether what it knows is of whole pages. */
    boolean isBetweenPages() {
        return !taking;
    }

    @Nullable String continuation() {
        return continuation;
    }

    /** The next page of the group. Where DPS does not know the continuation any more, the group is begun anew. */
    private RemotePage<RemoteRegistration> page(String group) {
        while (true) {
            try {
                return service.listRegistrations(group, pageSize, continuation);
            } catch (DpsServiceException e) {
                if (e.kind() != DpsServiceException.Kind.REFUSED || continuation == null || ++restarts > RESTARTS_MAX) {
                    throw e;
                }
                continuation = null;
                count = with(count.next().orElseThrow().anew(), Tally.NONE);
            }
        }
    }

    private long take(GroupCount group, RemotePage<RemoteRegistration> page) {
        taking = true;
        var fresh = new ArrayList<RemoteRegistration>(page.values().size());
        for (var registration : page.values()) {
            if (seen.add(SeenIds.hash(registration.registrationId()))) {
                fresh.add(registration);
            }
        }
        var result = judge.judge(fresh);
        var tally = result.findings().stream()
                .map(lookUps::completed)
                .map(findings::add)
                .reduce(result.tally(), Tally::plus);
        continuation = page.continuation();
        // Not the one from before the page was read: its place may have been lost, and its number with it.
        var current = count.next().orElse(group);
        count = with(current.plus(page.values().size(), continuation == null), tally);
        restarts = continuation == null ? 0 : restarts;
        taking = false;
        return result.tally().confirmed();
    }

    /** The count with {@code group} in the place of the one that is being counted. */
    private Count with(GroupCount group, Tally more) {
        List<GroupCount> groups = count.groups().stream()
                .map(known -> known.group().equals(group.group()) ? group : known)
                .toList();
        return new Count(groups, count.chunks(), count.tally().plus(more));
    }
}
