package dev.berth.store.cosmos;

import dev.berth.store.StoreUnavailableException;
import java.time.Duration;

/** A request that did not end as one of the port's outcomes. */
final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is known about the request. */
    enum Kind {
        /** 429, after the client waited as long as it may: the account's throughput is spent. Nothing was done. */
        THROTTLED,
        /** Something was in the way that may be gone at once: another request for the document (449), a key that was replaced. Nothing was done. */
        CONTENDED,
        /** No server was reached. Nothing was done. */
        NOT_SENT,
        /** Sent, and no answer that tells whether it was done. */
        DOUBTFUL,
        /** In doubt, and somebody wrote the document since, so that nobody can tell any more. */
        UNDECIDABLE,
        /** Not sent: too many others wait, or the server failed of late. */
        SPARED,
        /** 401: the key or the identity was not believed. Nothing was done. */
        UNAUTHORIZED,
        /** The server refuses, and an operator has to act: rights, firewall, a container that is gone. Nothing was done. */
        REFUSED,
        /** Its thread was interrupted while it waited. */
        INTERRUPTED
    }

    private final Kind kind;
    private final Duration retryAfter;

    Fault(Kind kind, String message, Duration retryAfter) {
        super(message, null, false, false); // an expected end of a request needs no stack trace
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    Kind kind() {
        return kind;
    }

    /** Whether a write may have happened all the same. */
    boolean leavesDoubt() {
        return switch (kind) {
            case DOUBTFUL, UNDECIDABLE, INTERRUPTED -> true;
            case THROTTLED, CONTENDED, NOT_SENT, SPARED, UNAUTHORIZED, REFUSED -> false;
        };
    }

    /** Whether the request is worth repeating at once, more or less; a write that is in doubt looks first. */
    boolean isWorthRepeating() {
        return kind == Kind.CONTENDED || kind == Kind.NOT_SENT || kind == Kind.DOUBTFUL;
    }

    /** Whether it says that the store is away, and not merely busy. */
    boolean showsAnOutage() {
        return kind == Kind.NOT_SENT || kind == Kind.DOUBTFUL;
    }

    StoreUnavailableException unavailable(boolean outcomeUnknown) {
        return new StoreUnavailableException(String.valueOf(getMessage()), outcomeUnknown, retryAfter, null);
    }
}
