package dev.berth.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.provisioning.IdScopeAnswer.Connect;
import dev.berth.provisioning.IdScopeAnswer.Register;
import dev.berth.region.RegionClaims.OfDevice;
import dev.berth.region.RegionId;
import dev.berth.store.Collection;
import dev.berth.store.DocumentStore;
import dev.berth.store.StoreListener;
import dev.berth.store.cosmos.CosmosRegions;
import dev.berth.store.cosmos.CosmosStore;
import dev.berth.store.cosmos.CosmosStoreOptions;
import dev.berth.store.cosmos.FaultProxy;
import dev.berth.store.cosmos.NeedsLocalCosmos;
import dev.berth.store.cosmos.TwoRegionAccount;
import dev.berth.store.documents.StoredCollections;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two regions of an account disagree about a device, and are merged as that account does it, by what stands at the top of each item. */
@NeedsLocalCosmos
class ClaimReviewOnCosmosTest {
    private static final RegionId EAST = new RegionId("eastus");
    private static final RegionId WEST = new RegionId("westeurope");
    private static final CosmosRegions REGIONS =
            new CosmosRegions(Map.of("eastus", TwoRegionAccount.EAST, "westeurope", TwoRegionAccount.WEST));

    private final TwoRegionAccount account = TwoRegionAccount.start();
    private final CosmosStoreOptions options = account.options();
    private final Map<RegionId, DocumentStore> stores = Map.of(EAST, open(EAST), WEST, open(WEST));
    private final TwoRegions world = new TwoRegions(true, stores);

    @AfterEach
    void close() {
        stores.values().forEach(DocumentStore::close);
        account.close();
    }

    @Test
    void whatWasSettledIsNotTakenBackByAMerge() {
        bothTellTheDevice();
        merge(account.west());
        assertThat(world.east.assignment().instance())
                .as("of equal generations the last one stays")
                .isEqualTo(world.inWest.id());
        settle();
        var settled = world.east.assignment();
        assertThat(settled.generation()).isEqualTo(2);
        assertThat(settled.instance()).as("the earlier claim").isEqualTo(world.inEast.id());
        assertThat(world.west.assignment().generation()).as("has not heard yet").isEqualTo(1);

        merge(account.west());

        assertThat(world.east.assignment()).isEqualTo(settled);
        assertThat(world.west.assignment()).isEqualTo(settled);
        assertThat(claims(world.west).lost())
                .singleElement()
                .satisfies(lost -> assertThat(lost.claim().region()).isEqualTo(WEST));
    }

    @Test
    void whereDpsHoldsTheDeviceItStaysAlsoWhereTheMergeKeptTheOther() {
        bothTellTheDevice();
        world.register(world.inWest);
        merge(account.east());
        assertThat(world.east.assignment().instance()).isEqualTo(world.inEast.id());
        settle();

        var answer = world.east.service.idScope(world.device, false);

        assertThat(answer).isInstanceOfSatisfying(Connect.class, connect -> {
            assertThat(connect.instance()).isEqualTo(world.inWest);
            assertThat(connect.generation()).isEqualTo(2);
        });
    }

    private void bothTellTheDevice() {
        assertThat(world.east.service.idScope(world.device, false)).isInstanceOf(Register.class);
        world.cut = true;
        assertThatThrownBy(() -> world.west.service.idScope(world.device, false))
                .isInstanceOf(RepositoryUnavailableException.class);
        world.clock.advance(TwoRegions.AWAY_AFTER);
        assertThat(world.west.service.idScope(world.device, false)).isInstanceOf(Register.class);
        world.cut = false;
    }

    private void merge(FaultProxy last) {
        account.merge(options, "devices", "generation", last);
        account.merge(options, "region-claims", "_ts", last);
        assertThat(claims(world.east).claims()).hasSizeGreaterThan(1);
    }

    private void settle() {
        world.clock.advance(TwoRegions.SETTLE_AFTER.plus(Duration.ofMinutes(1)));
        world.east.review.run();
    }

    private OfDevice claims(TwoRegions.Region region) {
        return region.claims.of(world.device.origin(), world.device.registrationId());
    }

    private DocumentStore open(RegionId region) {
        return CosmosStore.openIn(
                region.value(),
                REGIONS,
                options,
                StoreListener.NONE,
                new Random(),
                StoredCollections.ALL.toArray(Collection[]::new));
    }
}
