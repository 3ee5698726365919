package dev.berth.emulator;

import dev.berth.emulator.https.TlsEngine;
import dev.berth.emulator.instance.InstanceConfig;
import dev.berth.emulator.instance.InstanceIdentity;
import dev.berth.emulator.instance.Quotas;
import dev.berth.emulator.state.StateIdentities;
import dev.berth.emulator.webhook.WebhookLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What to emulate, and where.
 *
 * @param instances at least one; their ID scopes differ
 */
public record EmulatorConfig(List<InstanceConfig> instances, Ports ports, TlsEngine tlsEngine, WebhookLimits webhooks) {
    static final int INSTANCES_MAX = 1_000;

    /** One whose webhooks have the usual limits. */
    public EmulatorConfig(List<InstanceConfig> instances, Ports ports, TlsEngine tlsEngine) {
        this(instances, ports, tlsEngine, WebhookLimits.DEFAULT);
    }

    /** Instances of the default kind on free ports. */
    public static EmulatorConfig of(List<InstanceConfig> instances) {
        return new EmulatorConfig(instances, Ports.FREE, TlsEngine.AUTO);
    }

    /** So many instances, named {@code dps-1} and so on, with the published quotas but this limit a minute. */
    public static EmulatorConfig of(int instances, int registrationsPerMinute) {
        return of(IntStream.rangeClosed(1, instances)
                .mapToObj(number -> InstanceConfig.of("dps-" + number)
                        .withQuotas(Quotas.PUBLISHED.withRegistrationsPerMinute(registrationsPerMinute)))
                .toList());
    }

    /** The same with another seed for its faults. */
    public EmulatorConfig withSeed(long seed) {
        var seeded = instances.stream()
                .map(instance -> instance.withFaults(instance.faults().withSeed(seed)))
                .toList();
        return new EmulatorConfig(seeded, ports, tlsEngine, webhooks);
    }

    /** The same with the ID scopes and keys that instances of these names had in a state. */
    EmulatorConfig withIdentities(Map<String, StateIdentities.Identity> identities) {
        var known = instances.stream()
                .map(instance -> {
                    var former = identities.get(instance.name().toLowerCase(Locale.ROOT));
                    return former == null
                            ? instance
                            : instance.withIdentity(
                                    new InstanceIdentity(instance.name(), former.idScope(), former.serviceKey()));
                })
                .toList();
        return new EmulatorConfig(known, ports, tlsEngine, webhooks);
    }

    /**
     * Reads a configuration file.
     *
     * @throws InvalidConfigException naming the JSON pointer of what is wrong
     */
    public static EmulatorConfig read(Path file) throws IOException {
        return ConfigReader.read(file);
    }
}
