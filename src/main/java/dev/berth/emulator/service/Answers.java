package dev.berth.emulator.service;

import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.Ticker;

/** Refusals with their time. */
record Answers(Ticker ticker) {
    ServiceAnswer refused(DpsError error, String detail) {
        return ServiceAnswer.error(error, detail, ticker.now());
    }
}
