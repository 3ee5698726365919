package dev.berth.provisioning;

/** What has to be claimed before a device is told of its assignment. */
public interface AssignmentClaims {
    /** Where there is one region, the device's document says it all. */
    AssignmentClaims NONE = (_, _) -> new Outcome.NotNeeded();

    /** How a claim ended. */
    sealed interface Outcome {
        /** There is nobody to whom it would have to be claimed. */
        record NotNeeded() implements Outcome {}

        /** It stands, whatever becomes of the device's document: its slot and capacity are spent. */
        record Stands() implements Outcome {}

        /** This region has claimed {@code standing} before, and perhaps told it: the device gets that, and nothing else. */
        record Earlier(Assignment standing) implements Outcome {}
    }

    /**
     * Claims the assignment that {@code device} is about to be told. May throw {@link dev.berth.inventory.RepositoryUnavailableException}; if its
     * outcome is unknown, the claim may stand.
     */
    Outcome claim(Device device, Assignment assignment);
}
