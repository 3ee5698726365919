package dev.berth.emulator.fault;

import java.time.Duration;

/** What becomes of one request, of the things that exclude each other; transports carry it out. */
public sealed interface Disruption {
    /** Nothing: it is answered. */
    record None() implements Disruption {}

    /** The connection is reset, and the instance never sees the request. */
    record ResetBefore() implements Disruption {}

    /** The instance never sees the request, and the connection stays open so long without an answer. */
    record Silence(Duration until) implements Disruption {}

    /** The instance never sees the request; this is the answer. */
    record Refusal(InjectedError error) implements Disruption {}

    /** The instance does its work, and then the connection is reset. */
    record ResetAfter() implements Disruption {}

    /** The instance does its work, and its answer is spoilt. */
    record Spoilt(MalformedKind how) implements Disruption {}
}
