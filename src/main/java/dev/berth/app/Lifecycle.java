package dev.berth.app;

import dev.berth.api.contract.Contract;
import dev.berth.api.device.DeviceListener;
import dev.berth.api.device.PacedProvisioner;
import dev.berth.forecast.RegistrationMeter;
import dev.berth.identity.ChainValidator;
import dev.berth.inventory.Pools;
import dev.berth.provisioning.ProvisioningService;
import dev.berth.scheduling.Scheduler;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the service starts and stops. It stops from the outside in: not ready, no new calls, answers in work finish, what they did
 * not use goes back to the ledgers, and only then does the store close.
 */
@Singleton
final class Lifecycle {
    /** After it began to serve: what else Quarkus had to do is done, too. */
    private static final Duration STARTED_FOR_GOOD = Duration.ofSeconds(1);

    private final BerthConfig config;
    private final Pools pools;
    private final Scheduler scheduler;
    private final Upkeep upkeep;
    private final RegistrationMeter meter;
    private final DpsCalls dps;
    private final InstantSource clock;
    private final Readiness readiness;
    private @Nullable DeviceListener listener;

    @Inject
    Lifecycle(
            BerthConfig config,
            Pools pools,
            Scheduler scheduler,
            Upkeep upkeep,
            RegistrationMeter meter,
            DpsCalls dps,
            InstantSource clock,
            Readiness readiness) {
        this.readiness = readiness;
        this.config = config;
        this.pools = pools;
        this.scheduler = scheduler;
        this.upkeep = upkeep;
        this.meter = meter;
        this.dps = dps;
        this.clock = clock;
    }

    void start(
            @Observes StartupEvent event,
            Vertx vertx,
            Contract contract,
            ChainValidator validator,
            ProvisioningService provisioning,
            DeviceMetrics metrics) {
        pools.refresh(clock.instant());
        dps.open();
        upkeep.start();
        var paced = new PacedProvisioner(
                new Provisioning(provisioning), config.device().requestsInFlightMax(), System::nanoTime);
        try {
            listener = new DeviceListener(
                            vertx,
                            Settings.deviceListener(config),
                            contract,
                            chain -> validator.judge(chain, pools.snapshot().trustAnchors(), clock.instant()),
                            paced,
                            metrics)
                    .start();
            metrics.watch(listener, paced);
            readiness.enter(Readiness.Phase.SERVING);
            vertx.setTimer(STARTED_FOR_GOOD.toMillis(), _ -> ExecutableHeap.forgetStart());
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigurationException("berth.device: " + e.getMessage());
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        readiness.enter(Readiness.Phase.STOPPING);
        upkeep.stop();
        dps.close();
        if (listener != null) {
            listener.drain(config.shutdown().grace());
        }
        scheduler.release();
        meter.writeAll();
        if (listener != null) {
            listener.close();
        }
    }
}
