package dev.berth.store.cosmos;

import com.azure.core.credential.AzureKeyCredential;
import com.azure.cosmos.CosmosAsyncClient;
import com.azure.cosmos.CosmosClientBuilder;
import com.azure.cosmos.CosmosException;
import com.azure.cosmos.DirectConnectionConfig;
import com.azure.cosmos.GatewayConnectionConfig;
import com.azure.cosmos.ThrottlingRetryOptions;
import com.azure.cosmos.models.ThroughputProperties;
import com.azure.identity.DefaultAzureCredentialBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the account and its database, and says which setting is wrong if that fails. */
final class Account {
    private static final String CLIENT_NAME = "berth";

    private Account() {}

    static CosmosAsyncClient open(CosmosStoreOptions options) {
        var client = client(options);
        try {
            openDatabase(client, options);
            return client;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private static CosmosAsyncClient client(CosmosStoreOptions options) {
        try {
            return builder(options).buildAsyncClient();
        } catch (RuntimeException e) {
            throw failure(e, options);
        }
    }

    private static CosmosClientBuilder builder(CosmosStoreOptions options) {
        var builder = new CosmosClientBuilder()
                .endpoint(options.endpoint().toString())
                .userAgentSuffix(CLIENT_NAME)
                .contentResponseOnWriteEnabled(false)
                .multipleWriteRegionsEnabled(false)
                .endpointDiscoveryEnabled(!options.isLocal())
                .preferredRegions(options.preferredRegions())
                .throttlingRetryOptions(new ThrottlingRetryOptions()
                        .setMaxRetryWaitTime(options.limits().throttleWaitMax()));
        authenticate(builder, options.credential());
        return switch (options.mode()) {
            case DIRECT -> builder.directMode(DirectConnectionConfig.getDefaultConfig());
            case GATEWAY -> builder.gatewayMode(gateway(options.limits()));
        };
    }

    private static GatewayConnectionConfig gateway(CosmosLimits limits) {
        return new GatewayConnectionConfig().setMaxConnectionPoolSize(limits.requestsInFlightMax());
    }

    private static void authenticate(CosmosClientBuilder builder, CosmosCredential credential) {
        switch (credential) {
            case CosmosCredential.Key(var key) -> builder.credential(new AzureKeyCredential(key));
            case CosmosCredential.KeyFile(var path) -> builder.credential(new AzureKeyCredential(read(path)));
            case CosmosCredential.Identity() -> builder.credential(new DefaultAzureCredentialBuilder().build());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CosmosOpenException("key-file", "cannot be read: " + file);
        }
    }

    private static void openDatabase(CosmosAsyncClient client, CosmosStoreOptions options) {
        try {
            if (options.create()) {
                create(client, options);
            } else {
                client.getDatabase(options.database()).read().block();
            }
        } catch (RuntimeException e) {
            throw failure(e, options);
        }
    }

    private static void create(CosmosAsyncClient client, CosmosStoreOptions options) {
        if (options.throughputMax() == 0) {
            client.createDatabaseIfNotExists(options.database()).block();
        } else {
            client.createDatabaseIfNotExists(
                            options.database(),
                            ThroughputProperties.createAutoscaledThroughput(options.throughputMax()))
                    .block();
        }
    }

    private static RuntimeException failure(RuntimeException thrown, CosmosStoreOptions options) {
        if (thrown instanceof CosmosOpenException known) {
            return known;
        }
        return switch (status(thrown)) {
            case 400 -> new CosmosOpenException("database", "the account refused to make it; is it a serverless one? Then set throughput-max to 0");
            case 401 -> new CosmosOpenException(setting(options.credential()), "the account does not believe it (401)");
            case 403 -> new CosmosOpenException(
                    "endpoint",
                    "the account forbids it (403): give the identity a data role, let this address through the firewall,"
                            + " or make database and containers beforehand and set berth.store.cosmos.create to false");
            case 404 -> new CosmosOpenException("database", "there is no database " + options.database());
            default -> new CosmosOpenException("endpoint", "cannot be reached: " + options.endpoint());
        };
    }

    private static String setting(CosmosCredential credential) {
        return switch (credential) {
            case CosmosCredential.Key _ -> "key";
            case CosmosCredential.KeyFile _ -> "key-file";
            case CosmosCredential.Identity() -> "key is not set, and the identity of this machine";
        };
    }

    private static int status(Throwable thrown) {
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CosmosException answer) {
                return answer.getStatusCode();
            }
        }
        return 0;
    }
}
