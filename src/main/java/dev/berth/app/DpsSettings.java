package dev.berth.app;

import dev.berth.dps.FenceSettings;
import dev.berth.dps.Secret;
import dev.berth.dps.ServiceCredential;
import dev.berth.dps.ServiceCredentials;
import dev.berth.dps.ServiceNetwork;
import dev.berth.identity.Name;
import dev.berth.identity.TenantId;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The operator's settings for calls of DPS in the adapter's types. Messages name settings and never quote a secret. */
final class DpsSettings {
    private static final String CREDENTIALS = "berth.dps.credentials.";
    private static final Pattern PROXY = Pattern.compile("(?<host>[A-Za-z0-9.\\-]{1,253}):(?<port>[0-9]{1,5})");
    private static final int PORT_MAX = 65_535;

    private DpsSettings() {}

    static ServiceNetwork network(BerthConfig config) {
        return new ServiceNetwork(
                List.copyOf(config.inventory().endpointSuffixes()),
                config.dps().proxy().map(DpsSettings::proxy),
                config.dps().caFile());
    }

    static FenceSettings fence(BerthConfig.Dps config) {
        try {
            return new FenceSettings(
                    config.requestTimeMax(),
                    config.requestsInFlightMax(),
                    config.requestsWaitingMax(),
                    config.retriesMax(),
                    config.retryDelay(),
                    config.breakAfter(),
                    config.breakFor());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("berth.dps." + e.getMessage());
        }
    }

    static ServiceCredentials credentials(BerthConfig.Dps config) {
        var credentials = new HashMap<String, ServiceCredential>();
        config.credentials().forEach((name, credential) -> credentials.put(name, credential(name, credential)));
        return new ServiceCredentials(credentials);
    }

    private static ServiceCredential credential(String name, BerthConfig.Dps.Credential credential) {
        if (!Name.is(name)) {
            throw new ConfigurationException(CREDENTIALS + name + ": the name must have 1 to 63 of a-z, 0-9 and -");
        }
        var tenant = TenantId.parse(credential.tenant())
                .orElseThrow(() -> new ConfigurationException(CREDENTIALS + name + ".tenant: is no tenant's name"));
        return new ServiceCredential(
                tenant,
                secret(name + ".primary", credential.primary(), credential.primaryFile()),
                secret(name + ".secondary", credential.secondary(), credential.secondaryFile()));
    }

    private static Secret secret(String setting, Optional<String> text, Optional<Path> file) {
        if (text.isPresent() && file.isPresent()) {
            throw new ConfigurationException(
                    CREDENTIALS + setting + " and " + CREDENTIALS + setting + "-file are both set");
        }
        return text.<Secret>map(Secret.Inline::new)
                .or(() -> file.map(Secret.InFile::new))
                .orElseGet(Secret.None::new);
    }

    private static InetSocketAddress proxy(String text) {
        var spelling = PROXY.matcher(text);
        int port = spelling.matches() ? Integer.parseInt(spelling.group("port")) : 0;
        if (port < 1 || port > PORT_MAX) {
            throw new ConfigurationException("berth.dps.proxy: must be host:port");
        }
        return InetSocketAddress.createUnresolved(spelling.group("host"), port);
    }
}
