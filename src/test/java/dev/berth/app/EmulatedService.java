package dev.berth.app;

import dev.berth.dps.DpsEvents;
import dev.berth.dps.FenceSettings;
import dev.berth.dps.SdkDpsServices;
import dev.berth.dps.Secret;
import dev.berth.dps.ServiceCredential;
import dev.berth.dps.ServiceCredentials;
import dev.berth.dps.ServiceNetwork;
import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorDescription;
import dev.berth.enrollment.DpsService;
import dev.berth.enrollment.DpsServices;
import dev.berth.enrollment.Pause;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.Limits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** The official service client, fenced, at the instances of an emulator, through its proxy and with credentials of one tenant. */
final class EmulatedService implements AutoCloseable {
    static final TenantId CONTOSO = new TenantId("contoso");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Emulator emulator;
    private final DpsServices services;

    EmulatedService(Emulator emulator, InstantSource clock, Pause pause) throws Exception {
        this.emulator = emulator;
        var description = emulator.description();
        var proxy = description.proxyEndpoint().split(":", -1);
        new ServiceNetwork(
                        List.of(".azure-devices-provisioning.net"),
                        Optional.of(InetSocketAddress.createUnresolved(proxy[0], Integer.parseInt(proxy[1]))),
                        Optional.of(description.caFile()))
                .install();
        services = new SdkDpsServices(
                credentials(description),
                FenceSettings.DEFAULT,
                threads,
                clock,
                System::nanoTime,
                pause,
                DpsEvents.NONE);
    }

    DpsServices services() {
        return services;
    }

    DpsService service(DpsInstance instance) {
        return ((DpsServices.Access.Open) services.access(instance)).service();
    }

    ExecutorService threads() {
        return threads;
    }

    /** The emulated instances, each with credentials of its own name. */
    List<DpsInstance> instances(EnrollmentPolicy policy) {
        return emulator.description().instances().stream()
                .map(emulated -> instance(emulated, policy))
                .toList();
    }

    private static ServiceCredentials credentials(EmulatorDescription description) {
        return new ServiceCredentials(description.instances().stream()
                .collect(Collectors.toMap(
                        EmulatorDescription.Instance::name,
                        emulated -> new ServiceCredential(
                                CONTOSO,
                                new Secret.Inline(emulated.serviceConnectionStringForProxy()),
                                new Secret.None()))));
    }

    private static DpsInstance instance(EmulatorDescription.Instance emulated, EnrollmentPolicy policy) {
        return new DpsInstance(
                new DpsInstanceId(CONTOSO, emulated.name()),
                emulated.idScope(),
                "localhost:1",
                emulated.serviceEndpoint(),
                null,
                null,
                null,
                Limits.DPS,
                1,
                DpsInstance.State.ACTIVE,
                emulated.name(),
                policy);
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        emulator.close();
    }
}
