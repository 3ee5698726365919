package dev.berth.emulator.instance;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as one number, because a record has two of them and there may be a million records. */
public final class Micros {
    private Micros() {}

    public static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
