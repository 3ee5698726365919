package dev.berth.store.cosmos;

import com.azure.cosmos.CosmosException;
import dev.berth.store.cosmos.Fault.Kind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;

/**
 * The client's exceptions in our words. None of them goes on as a cause: their messages are pages long, and quote the request.
 */
final class Faults {
    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;
    static final int PRECONDITION_FAILED = 412;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY = 429;
    private static final int RETRY_WITH = 449;

    /** Of a 404: the replica that was asked has not caught up with our session. */
    private static final int SESSION_NOT_AVAILABLE = 1002;

    private static final String RETRY_AFTER = "x-ms-retry-after-ms";
    private static final int CAUSES_MAX = 10;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration WHEN_SOMEBODY_ACTED = Duration.ofSeconds(30);

    private Faults() {}

    /** Whether the answer is that there is no such item. */
    static boolean isMissing(Throwable thrown) {
        return status(thrown) == NOT_FOUND && ((CosmosException) thrown).getSubStatusCode() == 0;
    }

    static boolean isConflict(Throwable thrown) {
        return status(thrown) == CONFLICT;
    }

    /** Whether a condition did not hold, or there was nothing that it could hold for. */
    static boolean isStale(Throwable thrown) {
        return status(thrown) == PRECONDITION_FAILED || isMissing(thrown);
    }

    private static int status(Throwable thrown) {
        return thrown instanceof CosmosException answer ? answer.getStatusCode() : 0;
    }

    /** {@link Fault}, or {@link IllegalArgumentException} for what the caller must not store. */
    static RuntimeException of(Throwable thrown) {
        return switch (thrown) {
            case Fault known -> known;
            case CosmosException answer -> of(answer);
            default ->
                wasNeverSent(thrown)
                        ? new Fault(Kind.NOT_SENT, "the store cannot be reached", SOON)
                        : new Fault(
                                Kind.DOUBTFUL,
                                "the store's client failed: "
                                        + thrown.getClass().getSimpleName(),
                                SOON);
        };
    }

    private static RuntimeException of(CosmosException answer) {
        return switch (answer.getStatusCode()) {
            case TOO_MANY -> throttled(answer);
            case RETRY_WITH -> new Fault(Kind.CONTENDED, "the document is being written (449)", SOON);
            case TOO_LARGE -> new IllegalArgumentException("the store takes no document of this size (413)");
            case UNAUTHORIZED ->
                new Fault(Kind.UNAUTHORIZED, "the key or the identity was not believed (401)", WHEN_SOMEBODY_ACTED);
            case BAD_REQUEST, FORBIDDEN -> refused(answer);
            case NOT_FOUND -> ofMissing(answer);
            default ->
                wasNeverSent(answer)
                        ? new Fault(Kind.NOT_SENT, "the store cannot be reached", SOON)
                        : new Fault(
                                Kind.DOUBTFUL, "the store gave no answer that tells (" + status(answer) + ")", SOON);
        };
    }

    /** What devices are told in whole seconds is no less than one. The client's own word for it ends at 5 s. */
    private static Fault throttled(CosmosException answer) {
        var header = answer.getResponseHeaders().getOrDefault(RETRY_AFTER, "");
        var said = header.matches("[0-9]{1,9}")
                ? Duration.ofMillis(Long.parseLong(header))
                : answer.getRetryAfterDuration();
        var wait = said.compareTo(SOON) < 0 ? SOON : said;
        return new Fault(Kind.THROTTLED, "the store's throughput is spent (429)", wait);
    }

    private static Fault ofMissing(CosmosException answer) {
        return answer.getSubStatusCode() == SESSION_NOT_AVAILABLE
                ? new Fault(Kind.CONTENDED, "the replica has not caught up (404/1002)", SOON)
                : refused(answer);
    }

    private static Fault refused(CosmosException answer) {
        var what = switch (answer.getStatusCode()) {
            case FORBIDDEN -> "the identity may not do this, or the firewall is in the way (403)";
            case NOT_FOUND -> "the container or the database is gone (404/" + answer.getSubStatusCode() + ")";
            default -> "the request was refused (" + answer.getStatusCode() + ")";
        };
        return new Fault(Kind.REFUSED, what, WHEN_SOMEBODY_ACTED);
    }

    private static boolean wasNeverSent(Throwable thrown) {
        var cause = thrown;
        for (var depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof SSLHandshakeException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
