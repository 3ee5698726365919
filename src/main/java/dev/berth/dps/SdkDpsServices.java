package dev.berth.dps;

import dev.berth.enrollment.DpsServices;
import dev.berth.enrollment.OperationPace;
import dev.berth.enrollment.Pause;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Endpoint;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The DPS instances that the operator has given credentials for. Each has its own fence and pace, for as long as the process lives:
 * whoever asks again goes through the same.
 */
public final class SdkDpsServices implements DpsServices {
    /** Instances come and go; their fences are a few objects each. Beyond this, all start anew. */
    static final int INSTANCES_MAX = 10_000;

    private final ServiceCredentials credentials;
    private final FenceSettings settings;
    private final Executor threads;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Pause pause;
    private final DpsEvents events;
    private final Map<DpsInstanceId, Gate> gates = new ConcurrentHashMap<>();

    /** What all requests to one instance share. */
    private record Gate(InstanceFence fence, OperationPace pace, KeyRing keys) {}

    /** @param threads starts a thread for each request that an instance's fence lets through */
    public SdkDpsServices(
            ServiceCredentials credentials,
            FenceSettings settings,
            Executor threads,
            InstantSource clock,
            LongSupplier nanos,
            Pause pause,
            DpsEvents events) {
        this.credentials = credentials;
        this.settings = settings;
        this.threads = threads;
        this.clock = clock;
        this.nanos = nanos;
        this.pause = pause;
        this.events = events;
    }

    @Override
    public Access access(DpsInstance instance) {
        var name = instance.serviceCredentials();
        if (name == null) {
            return new Access.Closed(Reason.NO_CREDENTIALS, "the DPS instance names no serviceCredentials");
        }
        var credential = credentials.find(name, instance.id().tenant());
        if (credential.isEmpty()) {
            return new Access.Closed(
                    Reason.UNKNOWN_CREDENTIALS,
                    "no credentials " + name + " are configured for tenant "
                            + instance.id().tenant());
        }
        return obstacle(instance, name, credential.get())
                .orElseGet(() -> new Access.Open(service(instance, name, credential.get())));
    }

    @Override
    public Optional<String> warning(DpsInstance instance) {
        return Optional.ofNullable(gates.get(instance.id()))
                .filter(gate -> gate.keys().isOnSecondary())
                .map(gate -> "DPS refuses the primary key of credentials " + instance.serviceCredentials()
                        + "; the secondary is used");
    }

    /** Checks whichever of the two keys can be read; both are for the same host, or the wrong one is never sent anywhere. */
    private static Optional<Access> obstacle(DpsInstance instance, String name, ServiceCredential credential) {
        var unusable = new ArrayList<String>();
        for (var slot : ServiceCredential.Slot.values()) {
            try {
                var connection = credential.secret(slot).read();
                return isFor(instance, connection)
                        ? Optional.empty()
                        : Optional.of(new Access.Closed(
                                Reason.WRONG_HOST,
                                "credentials " + name + " are for " + connection.host()
                                        + ", which is not the instance's serviceEndpoint"));
            } catch (UnusableCredentialException e) {
                unusable.add(String.valueOf(e.getMessage()));
            }
        }
        return Optional.of(
                new Access.Closed(Reason.UNUSABLE_CREDENTIALS, "credentials " + name + ": " + unusable.getFirst()));
    }

    /** An instance on loopback is an emulator; the client reaches it by its real name, through a proxy. */
    static boolean isFor(DpsInstance instance, ConnectionString connection) {
        return Endpoint.parse(instance.serviceEndpoint())
                .filter(endpoint -> endpoint.isLoopback() || endpoint.host().equals(connection.host()))
                .isPresent();
    }

    private SdkDpsService service(DpsInstance instance, String name, ServiceCredential credential) {
        var gate = gate(instance, credential);
        gate.pace().limit(instance.limits().operationsPerMinute());
        return new SdkDpsService(
                new FencedClient(instance, name, gate.keys(), gate.fence(), gate.pace(), events, nanos));
    }

    private Gate gate(DpsInstance instance, ServiceCredential credential) {
        if (gates.size() >= INSTANCES_MAX) {
            gates.clear();
        }
        return gates.compute(instance.id(), (id, known) -> {
            if (known == null) {
                var pace = new OperationPace(instance.limits().operationsPerMinute(), clock, pause);
                return new Gate(
                        new InstanceFence(id.toString(), settings, events.fence(id), threads),
                        pace,
                        new KeyRing(credential));
            }
            return known.keys().credential().equals(credential)
                    ? known
                    : new Gate(known.fence(), known.pace(), new KeyRing(credential));
        });
    }
}
