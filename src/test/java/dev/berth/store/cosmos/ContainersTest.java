package dev.berth.store.cosmos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.azure.cosmos.CosmosAsyncDatabase;
import com.azure.cosmos.models.CosmosContainerProperties;
import com.azure.cosmos.models.IncludedPath;
import com.azure.cosmos.models.PartitionKeyDefinition;
import com.azure.cosmos.models.PartitionKeyDefinitionVersion;
import dev.berth.store.Collection;
import dev.berth.store.Key;
import dev.berth.store.PageRequest;
import dev.berth.store.StoreListener;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Containers are made as they have to be, or looked at; a wrong one ends the start. */
@NeedsLocalCosmos
class ContainersTest {
    private static final Collection DEVICES = Collection.of("devices", "state", "home-hub");

    private final CosmosStoreOptions options = LocalAccount.options();

    @Test
    void whatIsMadeIndexesPartitionAndFieldsAndNothingElse() {
        open(DEVICES).close();
        var made = found();
        assertThat(made.getPartitionKeyDefinition().getPaths()).containsExactly("/pk");
        assertThat(made.getPartitionKeyDefinition().getVersion()).isEqualTo(PartitionKeyDefinitionVersion.V2);
        var index = made.getIndexingPolicy();
        assertThat(index.getIncludedPaths())
                .extracting(IncludedPath::getPath)
                .containsExactly("/pk/?", "/f/\"home-hub\"/?", "/f/state/?");
        assertThat(index.getExcludedPaths()).extracting("path").contains("/*");
        assertThat(index.getCompositeIndexes()).hasSize(2);
    }

    @Test
    void whatIsThereIsUsed() {
        open(DEVICES).close();
        try (var again = open(DEVICES)) {
            assertThat(again.scan(DEVICES, "state", "told", PageRequest.first(1))
                            .documents())
                    .isEmpty();
        }
    }

    @Test
    void anIndexThatLacksAFieldIsBroughtUpToDate() {
        open(Collection.of("devices", "state")).close();
        open(DEVICES).close();
        assertThat(ContainerDesign.isIndexed(found(), DEVICES)).isTrue();
    }

    @Test
    void whatMayNotBeMadeIsDescribed() {
        with(database -> database);
        var looking = new CosmosStoreOptions(
                options.endpoint(),
                options.credential(),
                options.database(),
                options.mode(),
                options.preferredRegions(),
                false,
                0,
                options.limits());
        assertThatExceptionOfType(CosmosOpenException.class)
                .isThrownBy(() -> CosmosStore.open(looking, StoreListener.NONE, new Random(), DEVICES)
                        .close())
                .withMessageContaining("container devices: it does not exist")
                .withMessageContaining("/pk (version 2), an index of [/pk/?, /f/home-hub/?, /f/state/?] alone");
    }

    @Test
    void anotherPartitionKeyEndsTheStart() {
        make(new PartitionKeyDefinition().setPaths(List.of("/tenant")).setVersion(PartitionKeyDefinitionVersion.V2));
        refused("container devices: its partition key is [/tenant]");
    }

    @Test
    void aShortPartitionKeyEndsTheStart() {
        make(new PartitionKeyDefinition().setPaths(List.of("/pk")).setVersion(PartitionKeyDefinitionVersion.V1));
        refused("large partition keys");
    }

    @Test
    void aContainerThatForgetsEndsTheStart() {
        var properties = ContainerDesign.of(DEVICES);
        properties.setDefaultTimeToLiveInSeconds(3_600);
        with(database -> database.createContainer(properties).block());
        refused("would expire after 3600 s");
    }

    @Test
    void oneProgramDeclaresACollectionOneWay() {
        try (var store = open(DEVICES)) {
            var other = new Key(Collection.of("devices"), "tenant", "a");
            assertThatIllegalArgumentException().isThrownBy(() -> store.find(other));
        }
    }

    private CosmosStore open(Collection collection) {
        return CosmosStore.open(options, StoreListener.NONE, new Random(), collection);
    }

    private void refused(String why) {
        assertThatExceptionOfType(CosmosOpenException.class)
                .isThrownBy(() -> open(DEVICES).close())
                .withMessageStartingWith("berth.store.cosmos.database: ")
                .withMessageContaining(why);
    }

    private void make(PartitionKeyDefinition key) {
        var properties = new CosmosContainerProperties("devices", key);
        with(database -> database.createContainer(properties).block());
    }

    private CosmosContainerProperties found() {
        return Objects.requireNonNull(
                with(database -> database.getContainer("devices").read().block().getProperties()));
    }

    private <T> T with(java.util.function.Function<CosmosAsyncDatabase, T> work) {
        try (var account = Account.open(options)) {
            return work.apply(account.client().getDatabase(options.database()));
        }
    }
}
