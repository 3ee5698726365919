package dev.berth.scheduling;

/** What kind of work wants slots of an instance; each has a share of its own, which the others never take from it. */
public enum WorkClass {
    FIRST_BOOT("pool"),
    RE_REGISTRATION("instance"),
    JOB("job");

    private final String prefix;

    WorkClass(String prefix) {
        this.prefix = prefix;
    }

    /** What the names of its queues begin with. */
    String prefix() {
        return prefix;
    }
}
