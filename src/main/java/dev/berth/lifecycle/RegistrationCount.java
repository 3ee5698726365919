package dev.berth.lifecycle;

import dev.berth.enrollment.DpsService;
import dev.berth.enrollment.DpsServiceException;
import dev.berth.enrollment.RemotePage;
import dev.berth.enrollment.RemoteRegistration;
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

    private final DpsService service;
    private final int pageSize;
    private final PageJudge judge;
    private final LookUps lookUps;
    private final CountMemory memory;
    private Count count;
    private @Nullable String continuation;
    private int restarts;
    private boolean taking;

    RegistrationCount(
            DpsService service,
            int pageSize,
            PageJudge judge,
            LookUps lookUps,
            CountMemory memory,
            Stage.Counting from) {
        this.service = service;
        this.pageSize = pageSize;
        this.judge = judge;
        this.lookUps = lookUps;
        this.memory = memory;
        this.count = from.count();
        this.continuation = from.continuation();
    }

    /** Reads one page; the devices that it confirmed, or empty if there is none left to read. */
    Optional<Long> readPage() {
        var group = count.next();
        return group.map(GroupCount::group).map(this::page).map(page -> take(group.orElseThrow(), page));
    }

    /** Saves what it remembers; the stage from which to go on. */
    Stage.Counting save(Stage.Baseline baseline) {
        count = memory.save(count);
        return new Stage.Counting(baseline, count, continuation);
    }

    /** Whether what it knows is of whole pages. */
    boolean isBetweenPages() {
        return !taking;
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
            if (memory.see(registration.registrationId())) {
                fresh.add(registration);
            }
        }
        var result = judge.judge(fresh);
        var tally = result.findings().stream()
                .map(lookUps::completed)
                .map(memory::add)
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
