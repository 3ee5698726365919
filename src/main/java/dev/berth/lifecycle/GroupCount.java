package dev.berth.lifecycle;

/**
 * How many registrations one enrollment group has.
 *
 * @param listed whether the instance has the group; one that it had once may have left registrations behind
 * @param done false: so far
 */
public record GroupCount(String group, boolean listed, long registrations, boolean done) {
    static GroupCount of(String group, boolean listed) {
        return new GroupCount(group, listed, 0, false);
    }

    GroupCount plus(long more, boolean last) {
        return new GroupCount(group, listed, registrations + more, last);
    }

    /** DPS does not know the place in the list any more where the count was. */
    GroupCount anew() {
        return of(group, listed);
    }
}
