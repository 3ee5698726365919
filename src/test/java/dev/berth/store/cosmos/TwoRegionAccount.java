package dev.berth.store.cosmos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.sandbox.LocalCosmos;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * An account that takes writes in two regions, as far as a client can tell: it says so of itself, and each region is a server and an address of
 * its own. What is written in one is not heard of in the other until a test merges them.
 */
public final class TwoRegionAccount implements AutoCloseable {
    public static final String WEST = "West Europe";
    public static final String EAST = "East US";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalCosmos second;
    private final FaultProxy west;
    private final FaultProxy east;
    private final FaultProxy whole;
    private volatile boolean eastIsListed = true;

    private TwoRegionAccount(LocalCosmos second) {
        this.second = second;
        west = FaultProxy.before(LocalAccount.server().endpoint());
        east = FaultProxy.before(second.endpoint());
        whole = FaultProxy.before(LocalAccount.server().endpoint());
        List.of(west, east, whole).forEach(proxy -> proxy.describe(this::description));
        whole.makeAlsoAt(second.endpoint());
    }

    public static TwoRegionAccount start() {
        try {
            var _ = LocalAccount.server();
            return new TwoRegionAccount(LocalCosmos.start(Path.of("target", "cosmos-east.log")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The account's address: its description, and what is made in it once for all regions. */
    public URI endpoint() {
        return whole.endpoint();
    }

    public FaultProxy west() {
        return west;
    }

    public FaultProxy east() {
        return east;
    }

    public FaultProxy whole() {
        return whole;
    }

    /** Of a fresh database. */
    public CosmosStoreOptions options() {
        return options("test-" + UUID.randomUUID());
    }

    public CosmosStoreOptions options(String database) {
        var any = LocalAccount.options(endpoint(), LocalAccount.PATIENT);
        return new CosmosStoreOptions(
                any.endpoint(),
                any.credential(),
                database,
                any.mode(),
                any.preferredRegions(),
                any.create(),
                any.throughputMax(),
                any.limits());
    }

    /**
     * Lets each region hear of what the other wrote, as the account would: where both wrote the same item, the one with the higher value of
     * {@code path} stays, and of equal ones that of {@code last}.
     */
    public void merge(CosmosStoreOptions options, String container, String path, FaultProxy last) {
        try (var here = Account.openRegion(options.at(last.endpoint()));
                var there = Account.openRegion(options.at((last == west ? east : west).endpoint()))) {
            var mine = RegionalItems.of(here, options, container);
            var theirs = RegionalItems.of(there, options, container);
            mine.take(
                    theirs,
                    (own, other) -> other.path(path).asLong() > own.path(path).asLong());
            theirs.take(mine, (_, _) -> true);
        }
    }

    /** As Azure does with a region that fails for long: the account does not list it any more. */
    void takeEastOutOfService() {
        eastIsListed = false;
    }

    private byte[] description(byte[] own) {
        try {
            var account = (ObjectNode) JSON.readTree(own);
            account.put("enableMultipleWriteLocations", true);
            List.of("writableLocations", "readableLocations").forEach(list -> locations(account.putArray(list)));
            return JSON.writeValueAsString(account).getBytes(UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void locations(ArrayNode list) {
        add(list, WEST, west);
        if (eastIsListed) {
            add(list, EAST, east);
        }
    }

    private static void add(ArrayNode list, String name, FaultProxy region) {
        list.addObject()
                .put("name", name)
                .put("databaseAccountEndpoint", region.endpoint().toString());
    }

    @Override
    public void close() {
        List.of(whole, west, east).forEach(FaultProxy::close);
        second.close();
    }
}
