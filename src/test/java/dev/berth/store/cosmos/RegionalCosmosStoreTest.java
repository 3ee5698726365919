package dev.berth.store.cosmos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.credential.AzureKeyCredential;
import com.azure.cosmos.CosmosAsyncClient;
import com.azure.cosmos.CosmosClientBuilder;
import com.azure.cosmos.CosmosExcludedRegions;
import com.azure.cosmos.models.ConflictResolutionMode;
import com.azure.cosmos.models.CosmosContainerProperties;
import com.azure.cosmos.models.PartitionKeyDefinition;
import com.azure.cosmos.models.PartitionKeyDefinitionVersion;
import dev.berth.store.Collection;
import dev.berth.store.Document;
import dev.berth.store.Key;
import dev.berth.store.PageRequest;
import dev.berth.store.StoreListener;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.WriteResult.Conflict;
import dev.berth.store.WriteResult.Written;
import dev.berth.store.cosmos.FaultProxy.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store for each region of an account that takes writes in two: what goes where, and what does not. */
@NeedsLocalCosmos
class RegionalCosmosStoreTest {
    private static final Collection DEVICES = Collection.of("devices", "state").mergedBy("generation");
    private static final Collection CLAIMS = Collection.of("region-claims");
    private static final Key A = new Key(DEVICES, "tenant", "a");
    private static final CosmosRegions REGIONS =
            new CosmosRegions(Map.of("west", TwoRegionAccount.WEST, "east", TwoRegionAccount.EAST));

    /** Tires soon of a region that is away. */
    private static final CosmosLimits HASTY = new CosmosLimits(
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            Duration.ofSeconds(20),
            1,
            Duration.ofMillis(2),
            16,
            100,
            1_000,
            Duration.ofSeconds(1),
            4);

    private final TwoRegionAccount account = TwoRegionAccount.start();
    private final CosmosStoreOptions options = LocalAccount.options(account.endpoint(), HASTY);

    @AfterEach
    void close() {
        account.close();
    }

    @Test
    void allThatAStoreDoesIsAskedOfItsRegion() {
        try (var west = open("west")) {
            doEverything(west);
            assertThat(account.west().seen()).extracting(Request::method).contains("GET", "POST", "PUT", "DELETE");
            assertThat(account.east().seen()).isEmpty();
            assertThat(account.whole().seen()).isEmpty();
        }
    }

    @Test
    void regionsDoNotHearOfEachOtherUntilTheyAreMerged() {
        try (var west = open("west");
                var east = open("east")) {
            assertThat(west.insert(A, device(1))).isInstanceOf(Written.class);
            assertThat(east.find(A)).isEmpty();
            assertThat(east.insert(A, device(2))).isInstanceOf(Written.class);

            account.merge(options, "devices", "generation", account.west());

            assertThat(west.find(A).map(Document::body)).contains(device(2));
            assertThat(east.find(A).map(Document::body)).contains(device(2));
        }
    }

    /** What was rolled back in a region had another version there, so that whoever still holds that one is told. */
    @Test
    void aVersionThatAMergeTookBackIsNoneAnyMore() {
        try (var west = open("west");
                var east = open("east")) {
            var lost = ((Written) west.insert(A, device(1))).version();
            var _ = east.insert(A, device(2));
            account.merge(options, "devices", "generation", account.west());
            assertThat(west.replace(A, device(3), lost)).isEqualTo(new Conflict());
        }
    }

    @Test
    void aRegionThatIsAwayIsUnavailableAndNeverWrittenThroughAnother() {
        try (var west = open("west");
                var east = open("east")) {
            account.east().goAway();
            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> east.insert(A, device(1)));
            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> east.find(A));
            assertThat(account.west().seen()).isEmpty();
            assertThat(account.whole().seen()).isEmpty();

            assertThat(west.insert(A, device(1))).as("the other one goes on").isInstanceOf(Written.class);

            account.east().comeBack();
            assertThat(east.insert(A, device(2))).isInstanceOf(Written.class);
            assertThat(west.find(A).map(Document::body)).contains(device(1));
        }
    }

    @Test
    void aRegionThatIsAwayCannotBeOpenedAndTheOthersCan() {
        open("west").close();
        account.east().goAway();
        refused(
                "east",
                "berth.store.cosmos.endpoint: cannot be reached: "
                        + account.east().endpoint());
        open("west").close();
        account.east().comeBack();
        open("east").close();
    }

    @Test
    void aRegionThatIsOutOfServiceCannotBeOpenedAndTheOthersCan() {
        account.takeEastOutOfService();
        open("west").close();
        refused("east", "berth.store.cosmos.azure-regions.east: ");
    }

    /** Why a store's client knows one address, and does not know the account with its region preferred and the other excluded. */
    @Test
    void aClientThatOnlyPrefersItsRegionWritesElsewhereOnceThatIsOutOfService() {
        open("west").close();
        account.takeEastOutOfService();
        try (var client = preferring(TwoRegionAccount.EAST, TwoRegionAccount.WEST)) {
            client.getDatabase(options.database())
                    .getContainer(DEVICES.name())
                    .createItem(Item.of(A, device(1), "mark").json())
                    .block();
        }
        assertThat(account.east().seen()).isEmpty();
        assertThat(account.whole().seen())
                .as("the address of the account, which is that of its first region")
                .anyMatch(Request::isWrite);
    }

    private CosmosAsyncClient preferring(String region, String excluded) {
        return new CosmosClientBuilder()
                .endpoint("http://localhost:" + account.endpoint().getPort() + "/")
                .credential(new AzureKeyCredential(LocalAccount.server().key()))
                .gatewayMode()
                .multipleWriteRegionsEnabled(true)
                .preferredRegions(List.of(region))
                .excludedRegionsSupplier(() -> new CosmosExcludedRegions(Set.of(excluded)))
                .buildAsyncClient();
    }

    @Test
    void whatIsMissingIsMadeOnceForAllRegionsWithTheWinnerOfAMerge() {
        open("east").close();
        for (var region : List.of(account.west(), account.east())) {
            var made = container(region);
            assertThat(made.getConflictResolutionPolicy().getMode()).isEqualTo(ConflictResolutionMode.LAST_WRITER_WINS);
            assertThat(made.getConflictResolutionPolicy().getConflictResolutionPath())
                    .isEqualTo("/generation");
        }
    }

    @Test
    void theAccountFindsWhatItMergesByAtTheTopOfTheItem() {
        try (var west = open("west");
                var raw = Account.openRegion(options.at(account.west().endpoint()))) {
            var _ = west.insert(A, device(7));
            assertThat(RegionalItems.of(raw, options, "devices").all())
                    .singleElement()
                    .satisfies(
                            item -> assertThat(item.path("generation").asInt()).isEqualTo(7));
        }
    }

    @Test
    void aContainerThatMergesOtherwiseEndsTheStartAndSaysThatItCannotBeChanged() {
        make(new CosmosContainerProperties(
                "devices",
                new PartitionKeyDefinition().setPaths(List.of("/pk")).setVersion(PartitionKeyDefinitionVersion.V2)));
        refused("west", "berth.store.cosmos.database: container devices:");
        refused("west", "can only be set when it is made");
    }

    @Test
    void anAccountThatWritesInSeveralRegionsIsNoSingleStore() {
        assertThatExceptionOfType(CosmosOpenException.class)
                .isThrownBy(() -> CosmosStore.open(options, StoreListener.NONE, new Random(), DEVICES)
                        .close())
                .withMessageContaining("berth.store.cosmos.azure-regions.<region>");
    }

    @Test
    void aRegionThatTheAccountDoesNotHaveEndsTheStartAndIsNamed() {
        var wrong = new CosmosRegions(Map.of("west", TwoRegionAccount.WEST, "east", "East US 2"));
        assertThatExceptionOfType(CosmosOpenException.class)
                .isThrownBy(() -> CosmosStore.openIn("west", wrong, options, StoreListener.NONE, new Random(), DEVICES)
                        .close())
                .withMessageStartingWith("berth.store.cosmos.azure-regions.east: ")
                .withMessageContaining("East US 2");
    }

    private static void doEverything(CosmosStore store) {
        var version = ((Written) store.insert(A, device(1))).version();
        version = ((Written) store.replace(A, device(2), version)).version();
        var _ = store.find(A);
        var _ = store.scan(DEVICES, "tenant", PageRequest.first(1));
        var _ = store.scan(DEVICES, "state", "told", PageRequest.first(1));
        var _ = store.scan(DEVICES, PageRequest.first(1));
        var _ = store.time(CLAIMS).read();
        var _ = store.delete(A, version);
    }

    private CosmosStore open(String region) {
        return CosmosStore.openIn(region, REGIONS, options, StoreListener.NONE, new Random(), DEVICES, CLAIMS);
    }

    private void refused(String region, String why) {
        assertThatExceptionOfType(CosmosOpenException.class)
                .isThrownBy(() -> open(region).close())
                .withMessageContaining(why);
    }

    private void make(CosmosContainerProperties properties) {
        try (var whole = Account.openWhole(options, REGIONS, "west")) {
            whole.client()
                    .getDatabase(options.database())
                    .createContainer(properties)
                    .block();
        }
    }

    private CosmosContainerProperties container(FaultProxy region) {
        try (var there = Account.openRegion(options.at(region.endpoint()))) {
            return there.client()
                    .getDatabase(options.database())
                    .getContainer("devices")
                    .read()
                    .block()
                    .getProperties();
        }
    }

    private static byte[] device(int generation) {
        return ("{\"state\":\"told\",\"generation\":" + generation + "}").getBytes(UTF_8);
    }
}
