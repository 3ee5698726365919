package dev.berth.enrollment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that a run has to do or to note. */
sealed interface SyncStep {
    /** There is nothing to do about the group. */
    record Note(DesiredGroup desired, Finding finding) implements SyncStep {}

    /**
     * The group has to be written.
     *
     * @param existing what stands in its place; null if nothing does
     * @param differences what is wrong with that
     */
    record Write(DesiredGroup desired, @Nullable RemoteGroup existing, List<String> differences) implements SyncStep {}

    /** A group of ours is not wanted any more. */
    record Delete(RemoteGroup remote) implements SyncStep {}
}
