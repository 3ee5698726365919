package dev.berth.emulator.instance;

/** How a device came to its hub, in DPS's words. */
public enum Substatus {
    INITIAL_ASSIGNMENT("initialAssignment"),
    DEVICE_DATA_MIGRATED("deviceDataMigrated"),
    DEVICE_DATA_RESET("deviceDataReset"),
    REPROVISIONED_TO_INITIAL_ASSIGNMENT("reprovisionedToInitialAssignment");

    public final String wireName;

    Substatus(String wireName) {
        this.wireName = wireName;
    }

    /** What DPS says of a device that registers again under a policy that chooses its hub anew. */
    static Substatus ofReprovisioning(Registration before, String hub, boolean migrate) {
        if (hub.equals(before.firstHub())) {
            return REPROVISIONED_TO_INITIAL_ASSIGNMENT;
        }
        if (hub.equals(before.hub())) {
            return before.substatus();
        }
        return migrate ? DEVICE_DATA_MIGRATED : DEVICE_DATA_RESET;
    }
}
