package dev.berth.enrollment;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service API of one DPS instance: all that Berth asks of it.
 *
 * <p>Each call waits for its turn within the instance's operations quota, then for the answer, and may so block for a minute; a caller
 * neither counts nor paces. Calls of several threads are independent of one another. IDs of enrollment groups and registrations are
 * compared without case.
 *
 * <p>Each write is atomic for its one entry, and there are no others: what spans two entries may be found half done. A write with an etag
 * happens only if the entry still has it. Every method may throw {@link DpsServiceException}; what its {@link DpsServiceException.Kind kind}
 * says of the outcome holds. Reads that fail for the moment were repeated before they throw; a write whose outcome is unknown never was,
 * so the entry has to be read before anything is concluded. An interrupted caller gets {@link DpsServiceException.Kind#INTERRUPTED}, and stays
 * interrupted.
 */
public interface DpsService {
    /** The most entries of one page; DPS may give fewer, and there may yet be more. */
    int PAGE_MAX = 1_000;

    Optional<RemoteGroup> findGroup(String groupId);

    /**
     * Writes a group: as a new one if its etag is null, else in place of the one with that etag. What the existing group has beyond the
     * members of {@link RemoteGroup} is left as it is, as far as the client can express it. Costs one operation, or two with an etag.
     */
    GroupWrite putGroup(RemoteGroup group);

    /** Deletes the group if it still has the etag. The records of its devices stay at DPS, and keep counting. */
    Deletion deleteGroup(String groupId, String etag);

    /** The groups of the instance in an order of DPS's, at most {@code limit} of them, from {@code continuation} on (null: from the first). */
    RemotePage<RemoteGroup> listGroups(int limit, @Nullable String continuation);

    /**
     * The registrations of one group in an order of DPS's. What is registered or deleted between two pages may be seen or not; every other
     * registration is seen once. A group that does not exist has none.
     */
    RemotePage<RemoteRegistration> listRegistrations(String groupId, int limit, @Nullable String continuation);

    Optional<RemoteRegistration> findRegistration(String registrationId);

    /** Deletes a registration; whatever its etag if that is null. Its device identity at the hub stays. */
    Deletion deleteRegistration(String registrationId, @Nullable String etag);

    /** How many operations of the instance's quota went into the calls of this object so far, repeated ones included. */
    long operations();

    /** How the write of a group ended. */
    sealed interface GroupWrite {
        /** The group as DPS has it now, with its new etag. */
        record Written(RemoteGroup group) implements GroupWrite {}

        /** The group exists, is missing, or has another etag. Nothing was written. */
        record Stale() implements GroupWrite {}
    }

    /** How a deletion ended. */
    enum Deletion {
        DELETED,
        /** There is no such entry (any more). */
        MISSING,
        /** The entry has another etag, and stays. */
        STALE
    }
}
