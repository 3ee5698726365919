package dev.berth.store.cosmos;

import java.net.URI;
import java.util.List;

/**
 * Which account, how it is reached, and how far its moods may reach.
 *
 * @param preferredRegions in this order; empty: the account's own
 * @param create whether a missing database and missing containers are made, and indexes brought up to date
 * @param throughputMax RU/s that a database which is made may scale up to, all containers together; 0 in a serverless account
 */
public record CosmosStoreOptions(
        URI endpoint,
        CosmosCredential credential,
        String database,
        Mode mode,
        List<String> preferredRegions,
        boolean create,
        int throughputMax,
        CosmosLimits limits) {
    private static final int THROUGHPUT_MIN = 1_000;

    /** How requests travel. */
    public enum Mode {
        /** By TCP to the machines that hold the data; ports 10000 to 20000 have to be open. */
        DIRECT,
        /** By HTTPS through the account's front end, port 443 alone. */
        GATEWAY
    }

    public CosmosStoreOptions {
        preferredRegions = List.copyOf(preferredRegions);
        if (throughputMax != 0 && (throughputMax < THROUGHPUT_MIN || throughputMax % THROUGHPUT_MIN != 0)) {
            throw new IllegalArgumentException("throughput-max is 0 or thousands of RU/s");
        }
    }

    /** For whoever only reads: nothing is made. */
    public CosmosStoreOptions existing() {
        return new CosmosStoreOptions(
                endpoint, credential, database, mode, preferredRegions, false, throughputMax, limits);
    }

    /**
     * For the whole of an account of several regions: while its first region is away, the others are asked about it, whose addresses the client makes up
     * from its name. A server on this machine has no name to do that with.
     */
    CosmosStoreOptions nearest(List<String> azureRegions) {
        return isLocal()
                ? this
                : new CosmosStoreOptions(
                        endpoint, credential, database, mode, azureRegions, create, throughputMax, limits);
    }

    /** For one region of an account of several: there nothing can be made. */
    CosmosStoreOptions at(URI regionalEndpoint) {
        return new CosmosStoreOptions(
                regionalEndpoint, credential, database, mode, List.of(), false, throughputMax, limits);
    }

    /** A server on this machine is none of a region, and what it says of its own address is for others. */
    boolean isLocal() {
        var host = String.valueOf(endpoint.getHost());
        return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
    }
}
