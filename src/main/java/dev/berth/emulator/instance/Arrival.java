package dev.berth.emulator.instance;

import java.time.Instant;

/** One register request as it came in, and the HTTP status it got. */
public record Arrival(Instant time, String registrationId, int status) {}
