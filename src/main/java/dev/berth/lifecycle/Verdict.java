package dev.berth.lifecycle;

/** What one registration at DPS meant for its device. */
sealed interface Verdict {
    /** Berth knew all of it. */
    record Known() implements Verdict {}

    /** The device's document says something new now. */
    record Changed(Change change) implements Verdict {}

    /** Berth and DPS say different things, and nothing was changed. */
    record Disagreed(Finding finding) implements Verdict {}

    /** What is new. */
    enum Change {
        CONFIRMED,
        HUB_CHANGED,
        FAILED
    }
}
