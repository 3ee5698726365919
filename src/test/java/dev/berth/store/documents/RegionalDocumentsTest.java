package dev.berth.store.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import dev.berth.region.LostClaim;
import dev.berth.region.RegionClaim;
import dev.berth.region.RegionClaims;
import dev.berth.region.RegionId;
import dev.berth.region.RegionReach;
import dev.berth.scheduling.Ledger;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.QueueState;
import dev.berth.store.InMemoryDocumentStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One store, as two regions see it that have been merged: what belongs to a region is written by that region alone. */
class RegionalDocumentsTest {
    private static final TenantId TENANT = new TenantId("contoso");
    private static final RegistrationId DEVICE = new RegistrationId("device-1");
    private static final DpsInstanceId INSTANCE = new DpsInstanceId(TENANT, "dps-1");
    private static final RegionId EAST = new RegionId("eastus");
    private static final RegionId WEST = new RegionId("westeurope");
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00.123456789Z");
    private static final Ledger LEDGER = new Ledger(NOW, 7, 2, 1);

    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final RegionClaimDocuments claims = new RegionClaimDocuments(
            EAST, new RegionReach(Set.of(EAST, WEST), Duration.ofSeconds(30), InstantSource.fixed(NOW)), _ -> store);
    private final RegionalLedgerDocuments east =
            new RegionalLedgerDocuments(store, EAST, _ -> Optional.ofNullable(home()));
    private final RegionalLedgerDocuments west =
            new RegionalLedgerDocuments(store, WEST, _ -> Optional.ofNullable(home()));
    private @Nullable RegionId home = EAST;

    private @Nullable RegionId home() {
        return home;
    }

    @Test
    void aClaimIsReadAsItWasMade() {
        claims.stand(claim(1, EAST, "dps-1"));
        claims.stand(claim(1, WEST, "dps-2"));
        assertThat(claims.of(TENANT, DEVICE).claims())
                .containsExactlyInAnyOrder(claim(1, EAST, "dps-1"), claim(1, WEST, "dps-2"));
    }

    @Test
    void aRegionClaimsOnceInAGeneration() {
        var first = claims.stand(claim(1, EAST, "dps-1"));
        assertThat(claims.stand(claim(1, EAST, "dps-2"))).isEqualTo(first);
        assertThat(claims.stand(claim(2, EAST, "dps-2"))).isEqualTo(claim(2, EAST, "dps-2"));
        assertThat(claims.of(TENANT, DEVICE).claims()).hasSize(2);
    }

    @Test
    void aDeviceWithoutClaimsHasNone() {
        claims.stand(claim(1, EAST, "dps-1"));
        assertThat(claims.of(TENANT, new RegistrationId("device-2")).claims()).isEmpty();
    }

    @Test
    void thatARegionStoodInIsKnownAtHomeUntilSomebodyHasLooked() {
        claims.stand(claim(1, EAST, "dps-1"));
        assertThat(claims.standIns(EAST)).isEmpty();
        claims.stand(claim(1, WEST, "dps-2"));
        claims.stand(claim(2, WEST, "dps-2"));
        var first = new RegionClaims.StandIn(TENANT, DEVICE, WEST, 1);
        var second = new RegionClaims.StandIn(TENANT, DEVICE, WEST, 2);
        assertThat(claims.standIns(EAST)).containsExactly(first, second);
        assertThat(claims.standIns(WEST)).isEmpty();

        claims.close(first);
        claims.close(first);

        assertThat(claims.standIns(EAST)).as("what nobody looked at").containsExactly(second);
        assertThat(claims.of(TENANT, DEVICE).claims()).hasSize(3);
    }

    @Test
    void whatLostStandsBesideItsClaimOnce() {
        var claim = claims.stand(claim(1, WEST, "dps-2"));
        var lost = new LostClaim(claim, new DpsInstanceId(TENANT, "dps-1"), 2, NOW);
        claims.putOnRecord(lost);
        claims.putOnRecord(new LostClaim(claim, INSTANCE, 3, NOW.plusSeconds(1)));
        assertThat(claims.of(TENANT, DEVICE)).isEqualTo(new RegionClaims.OfDevice(List.of(claim), List.of(lost)));
    }

    @Test
    void aLedgerIsWrittenInItsHomeAlone() {
        assertThat(east.swap(INSTANCE, null, LEDGER)).isPresent();
        assertThat(west.find(INSTANCE).map(Versioned::value)).contains(LEDGER);
        assertThatThrownBy(() -> west.swap(INSTANCE, version(), LEDGER))
                .isInstanceOfSatisfying(
                        RepositoryUnavailableException.class,
                        refused -> assertThat(refused.outcomeUnknown()).isTrue());
    }

    @Test
    void anInstanceThatIsAtHomeNowhereIsLeasedByNobody() {
        home = null;
        assertThat(east.find(INSTANCE)).isEmpty();
        assertThatThrownBy(() -> east.swap(INSTANCE, null, LEDGER)).isInstanceOf(RepositoryUnavailableException.class);
    }

    @Test
    void aRegionThatLostAnInstanceWritesWhatNobodyReads() {
        var late = new RegionalLedgerDocuments(store, EAST, _ -> Optional.of(EAST)); // has not heard of it
        late.swap(INSTANCE, null, LEDGER);
        home = WEST;
        west.begin(INSTANCE, new Ledger(NOW, 8));
        String version = version();

        late.swap(INSTANCE, late.find(INSTANCE).orElseThrow().version(), new Ledger(NOW, 100));

        assertThat(west.find(INSTANCE).orElseThrow().value().committed()).isEqualTo(8);
        assertThat(version()).isEqualTo(version);
    }

    @Test
    void whoComesBackBeginsAnew() {
        east.swap(INSTANCE, null, LEDGER);
        assertThat(east.begin(INSTANCE, new Ledger(NOW, 9))).isTrue();
        assertThat(east.find(INSTANCE).orElseThrow().value().committed()).isEqualTo(9);
    }

    @Test
    void aLedgerFromBeforeThereWereRegionsGoesOnInItsHome() {
        new LedgerDocuments(store).swap(INSTANCE, null, LEDGER);
        assertThat(west.find(INSTANCE).map(Versioned::value)).contains(LEDGER);
        var found = east.find(INSTANCE).orElseThrow();
        assertThat(found.value()).isEqualTo(LEDGER);
        assertThat(east.swap(INSTANCE, found.version(), new Ledger(NOW, 8))).isPresent();
        assertThat(east.find(INSTANCE).orElseThrow().value().committed()).isEqualTo(8);
    }

    @Test
    void ticketsAreCountedWhereTheyAreDrawn() {
        var queue = QueueKey.ofPool(TENANT, TENANT, "factory", null);
        var inEast = new QueueDocuments(store, EAST);
        var inWest = new QueueDocuments(store, WEST);
        inEast.swap(queue, null, new QueueState(5, 1, NOW));
        assertThat(inWest.find(queue)).isEmpty();
        assertThat(inWest.ofOwner(TENANT)).isEmpty();
        assertThat(inWest.swap(queue, null, new QueueState(3, 0, NOW))).isPresent();
        assertThat(inEast.find(queue).orElseThrow().value().ticketsGiven()).isEqualTo(5);
        assertThat(inEast.ofOwner(TENANT)).containsOnlyKeys(queue);
    }

    private String version() {
        return west.find(INSTANCE).orElseThrow().version();
    }

    private static RegionClaim claim(long generation, RegionId region, String instance) {
        return new RegionClaim(
                new RegionClaim.Subject(TENANT, DEVICE, generation),
                region,
                EAST,
                new DpsInstanceId(TENANT, instance),
                NOW,
                3,
                NOW.minusSeconds(1));
    }
}
