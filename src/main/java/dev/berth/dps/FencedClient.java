package dev.berth.dps;

import com.microsoft.azure.sdk.iot.provisioning.service.ProvisioningServiceClient;
import com.microsoft.azure.sdk.iot.provisioning.service.exceptions.ProvisioningServiceClientException;
import dev.berth.dps.ServiceCredential.Slot;
import dev.berth.enrollment.DpsServiceException;
import dev.berth.enrollment.DpsServiceException.Kind;
import dev.berth.enrollment.OperationPace;
import dev.berth.inventory.DpsInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends single requests to one DPS instance: in its pace, inside its fence, with whichever of the two keys it takes.
 *
 * <p>Each request has a client of its own. A client lets one request through at a time, so that one that hangs would hold up all others;
 * and it costs nothing to make, since connections belong to the JVM.
 */
final class FencedClient {
    private final DpsInstance instance;
    private final String credentialName;
    private final KeyRing keys;
    private final InstanceFence fence;
    private final OperationPace pace;
    private final DpsEvents events;
    private final LongSupplier nanos;

    FencedClient(
            DpsInstance instance,
            String credentialName,
            KeyRing keys,
            InstanceFence fence,
            OperationPace pace,
            DpsEvents events,
            LongSupplier nanos) {
        this.instance = instance;
        this.credentialName = credentialName;
        this.keys = keys;
        this.fence = fence;
        this.pace = pace;
        this.events = events;
        this.nanos = nanos;
    }

    /** One request to DPS. */
    @FunctionalInterface
    interface Request<T> {
        T send(ProvisioningServiceClient client) throws ProvisioningServiceClientException;
    }

    /** Sends a request that changes nothing, again if need be. */
    <T> T read(Runnable counted, Request<T> request) {
        return send(counted, request, Kind.UNAVAILABLE);
    }

    /** Sends a request that changes something; again only while it certainly did not. */
    <T> T write(Runnable counted, Request<T> request) {
        return send(counted, request, Kind.OUTCOME_UNKNOWN);
    }

    private <T> T send(Runnable counted, Request<T> request, Kind late) {
        return fence.repeating(() -> withEitherKey(counted, request, late));
    }

    private <T> T withEitherKey(Runnable counted, Request<T> request, Kind late) throws InterruptedException {
        var refused = new ArrayList<Slot>();
        @Nullable DpsServiceException last = null;
        for (var slot : keys.order()) {
            try {
                var connection = connection(slot);
                T answer = once(counted, () -> request.send(client(connection)), late);
                report(refused, true);
                return answer;
            } catch (UnusableCredentialException e) {
                last = new DpsServiceException(
                        Kind.UNAUTHORIZED, "credential " + credentialName + ": " + e.getMessage(), null);
                refused.add(slot);
            } catch (DpsServiceException e) {
                if (e.kind() != Kind.UNAUTHORIZED) {
                    report(refused, true);
                    throw e;
                }
                last = e;
                refused.add(slot);
            }
        }
        report(refused, false);
        throw last == null ? new DpsServiceException(Kind.UNAUTHORIZED, "there are no credentials", null) : last;
    }

    private ConnectionString connection(Slot slot) {
        var connection = keys.credential().secret(slot).read();
        if (!SdkDpsServices.isFor(instance, connection)) {
            throw new UnusableCredentialException("it is for another host than the instance's serviceEndpoint");
        }
        return connection;
    }

    /** @param otherTaken whether DPS took the other key; any answer but a 401 shows it */
    private void report(List<Slot> refused, boolean otherTaken) {
        for (var slot : refused) {
            if (otherTaken) {
                keys.refused(slot);
            }
            events.credentialRefused(instance.id(), credentialName, slot, otherTaken);
        }
    }

    private <T> T once(Runnable counted, Callable<T> request, Kind late) throws InterruptedException {
        pace.await();
        counted.run();
        long start = nanos.getAsLong();
        try {
            T answer = fence.once(() -> answered(request, late), late);
            events.operation(instance.id(), since(start), null);
            return answer;
        } catch (DpsServiceException e) {
            if (e.kind() == Kind.THROTTLED) {
                pace.throttled();
            }
            events.operation(instance.id(), since(start), e.kind());
            throw e;
        }
    }

    /** Runs on a thread of the fence. What is missing or stale is an answer, and passes as it is. */
    private static <T> T answered(Callable<T> request, Kind late) {
        try {
            return request.call();
        } catch (Exception e) {
            throw Faults.of(e, late);
        }
    }

    private Duration since(long startNanos) {
        return Duration.ofNanos(nanos.getAsLong() - startNanos);
    }

    private static ProvisioningServiceClient client(ConnectionString connection) {
        return new ProvisioningServiceClient(connection.text());
    }
}
