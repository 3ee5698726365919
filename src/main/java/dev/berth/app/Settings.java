package dev.berth.app;

import dev.berth.scheduling.SchedulingSettings;
import io.quarkus.runtime.configuration.ConfigurationException;

/** The operator's settings in the domain's types; what does not fit together stops the start and says so. */
final class Settings {
    private Settings() {}

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
                    config.slotsPerDevicePerHour());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("berth.scheduling: " + e.getMessage());
        }
    }
}
