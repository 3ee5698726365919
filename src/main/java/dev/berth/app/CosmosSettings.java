package dev.berth.app;

import dev.berth.store.cosmos.CosmosCredential;
import dev.berth.store.cosmos.CosmosLimits;
import dev.berth.store.cosmos.CosmosStoreOptions;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.util.List;

/** What the settings below {@code berth.store.cosmos} say of the account; what does not fit names the setting. */
final class CosmosSettings {
    private static final String COSMOS = "berth.store.cosmos";

    private CosmosSettings() {}

    static CosmosStoreOptions options(BerthConfig.Cosmos config) {
        var endpoint = config.endpoint()
                .orElseThrow(
                        () -> new ConfigurationException(COSMOS + ".endpoint: is not set, and berth.store is cosmos"));
        try {
            return new CosmosStoreOptions(
                    requireWeb(endpoint),
                    credential(config),
                    config.database(),
                    mode(config.mode()),
                    config.preferredRegions().orElse(List.of()),
                    config.create(),
                    config.throughputMax(),
                    limits(config));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(COSMOS + "." + e.getMessage());
        }
    }

    private static URI requireWeb(URI endpoint) {
        if (endpoint.getHost() == null || !List.of("https", "http").contains(endpoint.getScheme())) {
            throw new IllegalArgumentException("endpoint: must be https://HOST:PORT/");
        }
        return endpoint;
    }

    private static CosmosCredential credential(BerthConfig.Cosmos config) {
        if (config.key().isPresent() && config.keyFile().isPresent()) {
            throw new IllegalArgumentException("key and " + COSMOS + ".key-file are both set");
        }
        return config.key()
                .<CosmosCredential>map(CosmosCredential.Key::new)
                .or(() -> config.keyFile().map(CosmosCredential.KeyFile::new))
                .orElseGet(CosmosCredential.Identity::new);
    }

    private static CosmosStoreOptions.Mode mode(BerthConfig.Cosmos.Mode mode) {
        return switch (mode) {
            case DIRECT -> CosmosStoreOptions.Mode.DIRECT;
            case GATEWAY -> CosmosStoreOptions.Mode.GATEWAY;
        };
    }

    private static CosmosLimits limits(BerthConfig.Cosmos config) {
        return new CosmosLimits(
                config.requestTimeMax(),
                config.throttleWaitMax(),
                config.answerWaitMax(),
                config.retriesMax(),
                config.retryDelay(),
                config.requestsInFlightMax(),
                config.requestsWaitingMax(),
                config.breakAfter(),
                config.breakFor(),
                config.bulkInFlightMax());
    }
}
