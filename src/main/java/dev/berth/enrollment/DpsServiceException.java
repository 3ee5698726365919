package dev.berth.enrollment;

import org.jspecify.annotations.Nullable;

/** A call of a DPS instance's service API that failed. The message is fit for logs and administrators: it holds no secret. */
public final class DpsServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public DpsServiceException(Kind kind, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What is known of a call that failed. */
    public enum Kind {
        /** DPS answered 429. Nothing was done; the pace of the instance has been slowed already. Try later. */
        THROTTLED,
        /** Every credential was refused. Nothing was done; useless to repeat until somebody changes them. */
        UNAUTHORIZED,
        /** DPS could not be reached or could not serve. Nothing was changed; try later. */
        UNAVAILABLE,
        /** A write was sent, and no word came back: it may have happened, now or in a moment. Read before you conclude. */
        OUTCOME_UNKNOWN,
        /** DPS understood the request and refuses it. Nothing was done, and the same request will be refused again. */
        REFUSED,
        /** The fence around the client let nothing out: too many calls wait, or too many failed of late. Nothing was sent; try later. */
        OVERLOADED,
        /** The caller was interrupted, as at a stop. A write may have happened. */
        INTERRUPTED
    }
}
