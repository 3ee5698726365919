package dev.berth.app;

import dev.berth.api.device.DeviceLimits;
import dev.berth.api.device.DeviceListener;
import dev.berth.api.device.HandshakeLimits;
import dev.berth.api.device.RequestLimits;
import dev.berth.api.device.TlsEngine;
import dev.berth.identity.TenantId;
import dev.berth.lifecycle.ReconciliationSettings;
import dev.berth.provisioning.KnownDevices;
import dev.berth.region.Regions;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.scheduling.ShareWeights;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Predicate;

/** The operator's settings in the domain's types; what does not fit together stops the start and says so. */
final class Settings {
    private Settings() {}

    static DeviceListener.Settings deviceListener(BerthConfig config) {
        var device = config.device();
        return new DeviceListener.Settings(
                device.host(),
                device.port(),
                device.certificateFile(),
                device.keyFile(),
                engine(config.tls().engine(), TlsEngine::available),
                DeviceLimits.DEFAULT
                        .withConnectionsMax(OpenFiles.connections(device.connectionsMax()))
                        .withHandshakes(handshakes(device.handshakes()))
                        .withRequests(RequestLimits.DEFAULT
                                .withInFlightMax(device.requestsInFlightMax())
                                .withWaitMax(device.requestWaitMax())));
    }

    private static HandshakeLimits handshakes(BerthConfig.Handshakes config) {
        try {
            return new HandshakeLimits(
                    config.backlogMax(),
                    config.timeMax(),
                    config.halfOpenMax(),
                    config.waitingMax(),
                    config.waitMax(),
                    config.waitOverloadedMax());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("berth.device.handshakes." + e.getMessage());
        }
    }

    /** Empty takes the fastest; one that is asked for by name runs, or there is no start. */
    static Optional<TlsEngine> engine(BerthConfig.Tls.Engine asked, Predicate<TlsEngine> runsHere) {
        return switch (asked) {
            case AUTO -> Optional.empty();
            case BORINGSSL -> Optional.of(running(TlsEngine.BORINGSSL, runsHere));
            case JDK -> Optional.of(running(TlsEngine.JDK, runsHere));
        };
    }

    private static TlsEngine running(TlsEngine engine, Predicate<TlsEngine> runsHere) {
        if (!runsHere.test(engine)) {
            throw new ConfigurationException("berth.tls.engine: " + engine
                    + " does not run here, because its library is not for this machine, or this is a native executable;"
                    + " set berth.tls.engine to auto, which takes the fastest that does, or to jdk");
        }
        return engine;
    }

    /** Empty where Berth runs in one region. */
    static Optional<Regions> regions(BerthConfig config) {
        if (config.region().isPresent() != config.regions().isPresent()) {
            throw new ConfigurationException("berth.region, berth.regions: give both, or neither");
        }
        try {
            return config.region()
                    .map(local -> Regions.of(local, config.regions().orElseThrow()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("berth.region, berth.regions: " + e.getMessage());
        }
    }

    static KnownDevices.Limits knownDevices(BerthConfig.KnownDevices config) {
        try {
            return new KnownDevices.Limits(config.countMax(), config.ageMax());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("berth.known-devices." + e.getMessage());
        }
    }

    static ReconciliationSettings reconciliation(BerthConfig.Dps.Reconciliation config) {
        try {
            return ReconciliationSettings.DEFAULT.every(config.interval()).withPageSize(config.pageSize());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("berth.dps.reconciliation: " + e.getMessage());
        }
    }

    private static ShareWeights shares(BerthConfig.Scheduling.Shares config) {
        var tenants = new HashMap<TenantId, Integer>();
        config.tenants().forEach((tenant, weight) -> tenants.put(new TenantId(tenant), weight));
        return new ShareWeights(config.firstBoot(), config.reRegistration(), config.jobs(), tenants, config.pools());
    }

    static SchedulingSettings scheduling(BerthConfig.Scheduling config) {
        var defaults = SchedulingSettings.DEFAULT;
        try {
            return new SchedulingSettings(
                    config.horizon(),
                    config.selectionHorizon(),
                    config.lead(),
                    config.registerWithin(),
                    config.clockSkewMax(),
                    config.networkSpreadMax(),
                    config.blockSlotsMax(),
                    defaults.blockSpanMax(),
                    defaults.ledgerMargin(),
                    defaults.ledgerFreshFor(),
                    defaults.leaseAttemptsMax(),
                    defaults.outageRetry(),
                    defaults.ticketBlockMax(),
                    defaults.absenceLap(),
                    config.retryAfterMax(),
                    config.slotsPerDevicePerHour(),
                    shares(config.shares()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("berth.scheduling: " + e.getMessage());
        }
    }
}
