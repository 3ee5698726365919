package dev.berth.lifecycle;

import java.util.List;
import java.util.Optional;

/**
 * How far the counting of one instance is.
 *
 * @param groups in the order in which they are counted
 * @param chunks how many parts of {@link SeenIds} are stored
 */
public record Count(List<GroupCount> groups, int chunks, Tally tally) {
    /** An instance that has more, with those that it had, is counted as far as these go. */
    public static final int GROUPS_MAX = 500;

    public static final Count NONE = new Count(List.of(), 0, Tally.NONE);

    public Count {
        groups = List.copyOf(groups);
    }

    Optional<GroupCount> next() {
        return groups.stream().filter(group -> !group.done()).findFirst();
    }

    /** Of all groups; a device that went from one to another meanwhile may be seen in both. */
    public long registrations() {
        return groups.stream().mapToLong(GroupCount::registrations).sum() + tally.ungrouped();
    }

    /** What is kept of a count when the next one begins. */
    Count summary() {
        return new Count(List.of(), 0, tally);
    }

    Count plus(Tally more) {
        return new Count(groups, chunks, tally.plus(more));
    }
}
