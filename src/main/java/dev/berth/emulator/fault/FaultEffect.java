package dev.berth.emulator.fault;

import java.time.Duration;
import java.util.Optional;

/** What a fault does to a request. */
public sealed interface FaultEffect {
    default FaultKind kind() {
        return switch (this) {
            case Throttle throttle -> FaultKind.THROTTLE;
            case ServerError error -> FaultKind.ERROR;
            case Latency latency -> FaultKind.LATENCY;
            case Hang hang -> FaultKind.HANG;
            case Drip drip -> FaultKind.DRIP;
            case ResetBefore reset -> FaultKind.RESET_BEFORE;
            case ResetAfter reset -> FaultKind.RESET_AFTER;
            case Outage outage -> FaultKind.OUTAGE;
            case Failover failover -> FaultKind.FAILOVER;
            case Malformed malformed -> FaultKind.MALFORMED;
        };
    }

    /** Answers 429 without asking the instance; its own quotas do not notice. */
    record Throttle(RetryAfter retryAfter) implements FaultEffect {}

    /** Answers with a server error without asking the instance. */
    record ServerError(int status, RetryAfter retryAfter) implements FaultEffect {}

    /** Nothing but the delay that every fault may have. */
    record Latency() implements FaultEffect {}

    /** Takes the request and never answers. */
    record Hang() implements FaultEffect {}

    /** Answers byte by byte. */
    record Drip(Duration perByte) implements FaultEffect {}

    /** Resets the connection; the instance has not seen the request. */
    record ResetBefore() implements FaultEffect {}

    /** Lets the instance do its work and resets the connection instead of answering. */
    record ResetAfter() implements FaultEffect {}

    /** The instance cannot be reached. */
    record Outage() implements FaultEffect {}

    /** The same, until its paired region answers, which lacks the records of the last moments. */
    record Failover(Duration lost) implements FaultEffect {}

    /** Answers with a body that lacks something; without a kind, a different one each time. */
    record Malformed(Optional<MalformedKind> how) implements FaultEffect {}
}
