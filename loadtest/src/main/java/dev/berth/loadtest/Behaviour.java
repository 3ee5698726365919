package dev.berth.loadtest;

import java.time.Duration;

/** What a device does with what it is told. */
enum Behaviour {
    /** What the README asks of a device: ask, sleep, register, report. */
    BOOTS(Patience.OF_A_DEVICE, ""),
    /** The same, though it is registered already: it asks for a fresh slot. */
    REGISTERS_AGAIN(Patience.OF_A_DEVICE, "?register=true"),
    /** Asks until it is told something, and goes. */
    ASKS(Patience.OF_A_DEVICE, ""),
    /** Says that it is registered as soon as it is told where, so that it is known afterwards. Only before anything is measured. */
    REPORTS_AT_ONCE(Patience.OF_A_DEVICE, ""),
    /** Asks until it is told something, and listens to no {@code Retry-After}: who does not answer soon is asked once more. */
    INSISTS(Patience.OF_A_NUISANCE, "");

    /**
     * How long it waits.
     *
     * @param answerMax for one answer, handshake included
     * @param givesUpAfter from its first ask, so that a run ends
     */
    private record Patience(Duration answerMax, Duration givesUpAfter) {
        static final Patience OF_A_DEVICE = new Patience(Duration.ofSeconds(60), Duration.ofMinutes(10));
        static final Patience OF_A_NUISANCE = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(60));
    }

    private final Patience patience;
    private final String query;

    Behaviour(Patience patience, String query) {
        this.patience = patience;
        this.query = query;
    }

    String path() {
        return "/v1/id-scope" + query;
    }

    Duration answerMax() {
        return patience.answerMax();
    }

    Duration givesUpAfter() {
        return patience.givesUpAfter();
    }
}
