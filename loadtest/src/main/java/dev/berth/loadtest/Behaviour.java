package dev.berth.loadtest;

import java.time.Duration;

/** What a device does with what it is told. */
enum Behaviour {
    /** What the README asks of a device: ask, sleep, register, report. */
    BOOTS(false, Duration.ofSeconds(60)),
    /** The same, though it is registered already: it asks for a fresh slot. */
    REGISTERS_AGAIN(true, Duration.ofSeconds(60)),
    /** Asks until it is told something, and goes. */
    ASKS(false, Duration.ofSeconds(60)),
    /** Says that it is registered as soon as it is told where, so that it is known afterwards. Only before anything is measured. */
    REPORTS_AT_ONCE(false, Duration.ofSeconds(60)),
    /** Asks until it is told something, and listens to no {@code Retry-After}: whoever does not answer soon is asked once more. */
    INSISTS(false, Duration.ofSeconds(5));

    /** After that much in vain a device gives up, so that a run ends. */
    static final Duration GIVES_UP_AFTER = Duration.ofMinutes(10);

    private final boolean again;
    private final Duration answerMax;

    Behaviour(boolean again, Duration answerMax) {
        this.again = again;
        this.answerMax = answerMax;
    }

    String path() {
        return again ? "/v1/id-scope?register=true" : "/v1/id-scope";
    }

    /** How long it waits for an answer, handshake included. */
    Duration answerMax() {
        return answerMax;
    }
}
