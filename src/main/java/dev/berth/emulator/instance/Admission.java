package dev.berth.emulator.instance;

import java.util.Optional;

/** What a device is told at once, and what a webhook is to be asked on its behalf. */
record Admission(Outcome outcome, Optional<Question> question) {
    static Admission of(Outcome outcome) {
        return new Admission(outcome, Optional.empty());
    }
}
