package dev.berth.store.cosmos;

import com.azure.cosmos.CosmosAsyncClient;
import com.azure.cosmos.CosmosClientBuilder;
import com.azure.cosmos.CosmosException;
import com.azure.cosmos.DirectConnectionConfig;
import com.azure.cosmos.GatewayConnectionConfig;
import com.azure.cosmos.ReadConsistencyStrategy;
import com.azure.cosmos.ThrottlingRetryOptions;
import com.azure.cosmos.models.CosmosClientTelemetryConfig;
import com.azure.cosmos.models.CosmosMicrometerMetricsOptions;
import com.azure.cosmos.models.ThroughputProperties;
import com.azure.identity.DefaultAzureCredentialBuilder;
import java.util.Optional;
import java.util.function.Function;

/**
 * The account and its database, opened; what is wrong with them is said in the words of the settings.
 *
 * @param facts what the account said of itself
 */
record Account(CosmosAsyncClient client, Optional<AccountKey> key, AccountFacts facts) implements AutoCloseable {
    private static final String CLIENT_NAME = "berth";

    /** How far requests may go. */
    private enum Reach {
        /** To whichever region takes them. */
        ACCOUNT,
        /** To the one region whose address this is; if that is away, nowhere. */
        REGION
    }

    /** The whole account, as one store. */
    static Account open(CosmosStoreOptions options) {
        return open(options, Reach.ACCOUNT, facts -> facts.fault(options));
    }

    /** The whole account, to look at it and to make in it what is made once for all regions; documents are not for it. */
    static Account openWhole(CosmosStoreOptions options, CosmosRegions regions, String local) {
        return open(options, Reach.ACCOUNT, facts -> facts.fault(options, regions, local));
    }

    /**
     * One region of an account that takes writes in several. The client knows this one address: what it calls preferred and excluded regions ends
     * in the account's first region when no other is left, and a write must never do that.
     */
    static Account openRegion(CosmosStoreOptions options) {
        return open(options, Reach.REGION, _ -> Optional.empty());
    }

    private static Account open(
            CosmosStoreOptions options, Reach reach, Function<AccountFacts, Optional<CosmosOpenException>> judge) {
        var key = AccountKey.of(options.credential());
        var client = client(options, reach, key);
        try {
            var facts = AccountFacts.of(client);
            var fault = judge.apply(facts);
            if (fault.isPresent()) {
                throw fault.get();
            }
            openDatabase(client, options);
            return new Account(client, key, facts);
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /** Whether the account may believe us now, who just did not. */
    boolean renewKey() {
        return key.isPresent() && key.get().renew();
    }

    @Override
    public void close() {
        client.close();
    }

    private static CosmosAsyncClient client(CosmosStoreOptions options, Reach reach, Optional<AccountKey> key) {
        try {
            return builder(options, reach, key).buildAsyncClient();
        } catch (RuntimeException e) {
            throw failure(e, options);
        }
    }

    private static CosmosClientBuilder builder(CosmosStoreOptions options, Reach reach, Optional<AccountKey> key) {
        var builder = new CosmosClientBuilder()
                .endpoint(options.endpoint().toString())
                .userAgentSuffix(CLIENT_NAME)
                .contentResponseOnWriteEnabled(false)
                .multipleWriteRegionsEnabled(reach == Reach.REGION)
                .clientTelemetryConfig(new CosmosClientTelemetryConfig()
                        // they would be labelled with hosts, databases and containers, beside ours
                        .metricsOptions(new CosmosMicrometerMetricsOptions().setEnabled(false)))
                .endpointDiscoveryEnabled(reach == Reach.ACCOUNT && !options.isLocal())
                .preferredRegions(options.preferredRegions())
                .throttlingRetryOptions(new ThrottlingRetryOptions()
                        .setMaxRetryWaitTime(options.limits().throttleWaitMax()));
        if (key.isPresent()) {
            builder.credential(key.get().credential());
        } else {
            builder.credential(new DefaultAzureCredentialBuilder().build());
        }
        return switch (options.mode()) {
            case DIRECT ->
                builder.directMode(DirectConnectionConfig.getDefaultConfig())
                        .readConsistencyStrategy(ReadConsistencyStrategy.LATEST_COMMITTED);
            case GATEWAY -> builder.gatewayMode(gateway(options.limits()));
        };
    }

    private static GatewayConnectionConfig gateway(CosmosLimits limits) {
        return new GatewayConnectionConfig().setMaxConnectionPoolSize(limits.requestsInFlightMax());
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
            case 400 ->
                new CosmosOpenException(
                        "database",
                        "the account refused to make it; is it a serverless one? Then set throughput-max to 0");
            case 401 -> unbelieved(options.credential());
            case 403 ->
                new CosmosOpenException(
                        "endpoint",
                        "the account forbids it (403): give the identity a data role, let this address through the"
                                + " firewall, or make database and containers beforehand and set berth.store.cosmos.create"
                                + " to false");
            case 404 -> new CosmosOpenException("database", "there is no database " + options.database());
            default -> new CosmosOpenException("endpoint", "cannot be reached: " + options.endpoint());
        };
    }

    private static CosmosOpenException unbelieved(CosmosCredential credential) {
        return switch (credential) {
            case CosmosCredential.Key _ -> new CosmosOpenException("key", "the account does not take it (401)");
            case CosmosCredential.KeyFile _ ->
                new CosmosOpenException("key-file", "the account does not take it (401)");
            case CosmosCredential.Identity() ->
                new CosmosOpenException(
                        "key", "is not set, and the account does not know the identity of this machine (401)");
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
