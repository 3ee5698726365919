package dev.berth.dps;

import com.microsoft.azure.sdk.iot.provisioning.service.exceptions.ProvisioningServiceClientBadFormatException;
import com.microsoft.azure.sdk.iot.provisioning.service.exceptions.ProvisioningServiceClientBadUsageException;
import com.microsoft.azure.sdk.iot.provisioning.service.exceptions.ProvisioningServiceClientException;
import com.microsoft.azure.sdk.iot.provisioning.service.exceptions.ProvisioningServiceClientNotFoundException;
import com.microsoft.azure.sdk.iot.provisioning.service.exceptions.ProvisioningServiceClientPreconditionFailedException;
import com.microsoft.azure.sdk.iot.provisioning.service.exceptions.ProvisioningServiceClientTooManyRequestsException;
import com.microsoft.azure.sdk.iot.provisioning.service.exceptions.ProvisioningServiceClientTransportException;
import com.microsoft.azure.sdk.iot.provisioning.service.exceptions.ProvisioningServiceClientUnathorizedException;
import dev.berth.enrollment.DpsServiceException;
import dev.berth.enrollment.DpsServiceException.Kind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The client's exceptions in our words. None of them goes on as a cause: their messages quote answers, and some of the client's quote
 * the connection string.
 */
final class Faults {
    static final int DETAIL_LENGTH_MAX = 300;
    private static final Pattern SECRET =
            Pattern.compile("(SharedAccessKey=|sig=|SharedAccessSignature )[^;&\\s\"]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern NOT_SHOWN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+");

    private Faults() {}

    /** The client's own exception in {@code thrown}: what pages throw wraps it, since an iterator may not throw it. */
    static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof IllegalArgumentException
                        && thrown.getCause() instanceof ProvisioningServiceClientException inner
                ? inner
                : thrown;
    }

    static boolean isMissing(Throwable thrown) {
        return unwrapped(thrown) instanceof ProvisioningServiceClientNotFoundException;
    }

    /** 412, or the 409 of an entry that another wrote at the same time. */
    static boolean isStale(Throwable thrown) {
        var inner = unwrapped(thrown);
        return inner instanceof ProvisioningServiceClientPreconditionFailedException
                || (inner.getClass() == ProvisioningServiceClientBadUsageException.class
                        && String.valueOf(inner.getMessage()).contains("409"));
    }

    /** {@code late} is what a request counts as that may have been done or not. */
    static DpsServiceException of(Throwable thrown, Kind late) {
        return switch (unwrapped(thrown)) {
            case DpsServiceException known -> known;
            case ProvisioningServiceClientTooManyRequestsException e -> fault(Kind.THROTTLED, "throttled (429)", null);
            case ProvisioningServiceClientUnathorizedException e ->
                fault(Kind.UNAUTHORIZED, "the credentials were refused (401)", null);
            case ProvisioningServiceClientBadFormatException e -> fault(Kind.REFUSED, "refused (400)", e.getMessage());
            case ProvisioningServiceClientNotFoundException e ->
                fault(Kind.REFUSED, "the instance knows no such entry (404)", null);
            case ProvisioningServiceClientPreconditionFailedException e ->
                fault(Kind.REFUSED, "another version is there (412)", null);
            case ProvisioningServiceClientBadUsageException e -> fault(Kind.REFUSED, "refused", e.getMessage());
            case ProvisioningServiceClientTransportException e -> unreachable(e.getCause(), late);
            case ProvisioningServiceClientException e -> fault(late, "the instance failed", e.getMessage());
            case Throwable other ->
                fault(late, "the answer cannot be read: " + other.getClass().getSimpleName(), null);
        };
    }

    private static DpsServiceException unreachable(@Nullable Throwable cause, Kind late) {
        boolean notSent = cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException
                || cause instanceof SSLHandshakeException;
        var kind = notSent ? Kind.UNAVAILABLE : late;
        return cause == null
                ? fault(kind, "the instance cannot be reached", null)
                : fault(
                        kind,
                        "the instance cannot be reached: " + cause.getClass().getSimpleName(),
                        cause.getMessage());
    }

    private static DpsServiceException fault(Kind kind, String what, @Nullable String said) {
        return new DpsServiceException(kind, said == null ? what : what + ": " + shown(said), null);
    }

    /** What somebody else said, on one line, not at any length, and without what looks like a secret. */
    static String shown(String text) {
        var line = NOT_SHOWN.matcher(SECRET.matcher(text).replaceAll("$1…")).replaceAll(" ");
        return line.length() <= DETAIL_LENGTH_MAX ? line : line.substring(0, DETAIL_LENGTH_MAX) + "…";
    }
}
