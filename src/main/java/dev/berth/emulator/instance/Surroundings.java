package dev.berth.emulator.instance;

import dev.berth.emulator.fault.InstanceFaults;
import dev.berth.emulator.issuing.IssuingAuthority;
import dev.berth.emulator.protocol.Ticker;

/**
 * What an instance works with and keeps when its contents are replaced.
 *
 * @param issuing the CA of the certificates that its devices ask for
 */
record Surroundings(Ticker ticker, CustomAllocation webhooks, IssuingAuthority issuing, InstanceFaults faults) {
    /** Those of a new instance. */
    static Surroundings of(InstanceConfig config, Ticker ticker, CustomAllocation webhooks) {
        var faults = new InstanceFaults(config.name(), config.faults().seed(), ticker);
        config.faults().faults().forEach(faults::put);
        return new Surroundings(ticker, webhooks, new IssuingAuthority(config.name()), faults);
    }
}
