package dev.berth.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.provisioning.DeviceState;
import dev.berth.provisioning.IdScopeAnswer;
import dev.berth.provisioning.IdScopeAnswer.Connect;
import dev.berth.provisioning.IdScopeAnswer.Register;
import dev.berth.provisioning.RegistrationReport;
import dev.berth.region.RegionClaim;
import dev.berth.region.RegionClaims.OfDevice;
import dev.berth.region.RegionEvents.Outcome;
import dev.berth.store.StoreListener.Operation;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.documents.DeviceDocuments;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A device is told by its home in the east; then the link breaks, and it asks in the west. */
class ClaimReviewTest {
    private final TwoRegions world = new TwoRegions(true);

    @Test
    void whileBothAreThereADeviceIsToldTheSameInBoth() {
        var told = told(world.east);
        assertThat(told(world.west).instance()).isEqualTo(told.instance());
        assertThat(claims().claims()).hasSize(1);
    }

    @Test
    void aHomeThatFailsForAMomentIsWaitedFor() {
        world.cut = true;
        assertThatThrownBy(() -> ask(world.west)).isInstanceOf(RepositoryUnavailableException.class);
        world.clock.advance(TwoRegions.AWAY_AFTER.minusMillis(1));
        assertThatThrownBy(() -> ask(world.west)).isInstanceOf(RepositoryUnavailableException.class);
        world.clock.advance(Duration.ofMillis(1));
        assertThat(told(world.west).instance()).isEqualTo(world.inWest);
    }

    @Test
    void whereOnlyTheStandInToldTheDeviceItStays() {
        loseTheEast();
        var told = told(world.west);
        meetAgain(world.west);
        world.east.review.run();
        assertThat(world.east.assignment().generation()).isEqualTo(1);
        assertThat(told(world.east).registerAt()).isEqualTo(told.registerAt());
        assertThat(world.east.claims.standIns(world.east.regions.local())).isEmpty();
        assertThat(world.east.events.reviewed).containsExactly(Outcome.AGREED);
        assertThat(world.west.events.stoodInFor).containsExactly(world.east.regions.local());
    }

    @Test
    void nothingIsDecidedBeforeTheWindowsOfBothHavePassed() {
        bothTellTheDevice();
        meetAgain(world.west);
        world.east.review.run();
        assertThat(world.east.assignment().generation()).isEqualTo(1);
        assertThat(claims().lost()).isEmpty();
    }

    @Test
    void whereDpsHoldsTheDeviceItStaysWhateverTheMergeLeft() {
        bothTellTheDevice();
        world.register(world.inWest);
        meetAgain(world.east);
        settle();

        var connect = (Connect) ask(world.east);
        assertThat(connect.instance()).isEqualTo(world.inWest);
        assertThat(connect.assignedHub()).isEqualTo("dps-west.hub.example");
        assertThat(connect.generation()).isEqualTo(2);
        assertThat(claims().lost()).singleElement().satisfies(lost -> {
            assertThat(lost.claim().instance()).isEqualTo(world.inEast.id());
            assertThat(lost.instance()).isEqualTo(world.inWest.id());
            assertThat(lost.generation()).isEqualTo(2);
        });
        assertThat(world.east.events.reviewed).containsExactly(Outcome.DECIDED);
        assertThat(world.east.events.open).isEqualTo(1);
    }

    @Test
    void whereDpsHoldsItNowhereTheEarlierClaimHoldsAndTheDeviceIsToldSo() {
        bothTellTheDevice();
        meetAgain(world.west);
        settle();

        var told = told(world.east);
        assertThat(told.instance()).isEqualTo(world.inEast);
        assertThat(told.generation()).isEqualTo(2);
        assertThat(told.registerAt()).isAfter(world.clock.instant());
        assertThat(claims().lost())
                .singleElement()
                .satisfies(lost -> assertThat(lost.claim().instance()).isEqualTo(world.inWest.id()));
    }

    @Test
    void whatALoserRegisteredIsDeletedAndOnlyThenIsItDone() {
        bothTellTheDevice();
        world.register(world.inEast);
        world.register(world.inWest);
        meetAgain(world.west);
        settle();
        assertThat(world.east.claims.standIns(world.east.regions.local())).hasSize(1);

        world.east.review.run();

        assertThat(world.registered).containsOnlyKeys(world.inEast.id());
        assertThat(world.east.claims.standIns(world.east.regions.local())).isEmpty();
        assertThat(world.east.events.reviewed).as("counted once").containsExactly(Outcome.DECIDED);
    }

    @Test
    void whileAnInstanceCannotBeAskedNothingIsDecided() {
        bothTellTheDevice();
        world.register(world.inWest);
        meetAgain(world.east);
        world.dpsAway = true;
        settle();
        assertThat(world.east.assignment().generation()).isEqualTo(1);

        world.dpsAway = false;
        world.east.review.run();
        assertThat(world.east.assignment().instance()).isEqualTo(world.inWest.id());
    }

    @Test
    void whereBerthMayNotAskDpsTheDevicesOwnWordCounts() {
        var world = new TwoRegions(false);
        world.east.service.idScope(world.device, false);
        world.cut = true;
        assertThatThrownBy(() -> world.west.service.idScope(world.device, false))
                .isInstanceOf(RepositoryUnavailableException.class);
        world.clock.advance(TwoRegions.AWAY_AFTER);
        world.west.service.idScope(world.device, false);
        world.west.service.report(world.device, new RegistrationReport.Assigned("hub.example", null));
        world.cut = false;
        world.merge(world.west);
        world.clock.advance(TwoRegions.SETTLE_AFTER.plusMinutes(1));

        world.east.review.run();

        assertThat(world.east.assignment().instance()).isEqualTo(world.inWest.id());
        assertThat(world.east.stored().state()).isInstanceOf(DeviceState.Registered.class);
        assertThat(world.east.assignment().generation()).isEqualTo(2);
    }

    /** The claim of the new generation stands, and the device does not know of it. */
    @Test
    void whoFindsAVerdictHalfCarriedOutGoesOnWithIt() {
        bothTellTheDevice();
        world.register(world.inWest);
        meetAgain(world.east);
        var first = new AtomicBoolean(true);
        world.inMemory(world.east.regions.local()).before((operation, collection, _) -> {
            if (operation == Operation.REPLACE
                    && collection.equals(DeviceDocuments.DEVICES)
                    && first.getAndSet(false)) {
                throw new StoreUnavailableException("lost", false, Duration.ofSeconds(1), null);
            }
        });
        settle();
        assertThat(world.east.assignment().generation()).isEqualTo(1);
        world.registered.clear();
        world.register(world.inEast);

        world.east.review.run();

        assertThat(world.east.assignment().instance()).isEqualTo(world.inWest.id());
        assertThat(world.east.assignment().generation()).isEqualTo(2);
        assertThat(claims().claims()).extracting(RegionClaim::generation).containsExactlyInAnyOrder(1L, 1L, 2L);
    }

    /** The region that stood in was still cut off when it was decided, and had the last word after the merge. */
    @Test
    void aMergeThatForgetsTheVerdictIsMended() {
        bothTellTheDevice();
        meetAgain(world.west);
        settle();
        var before = world.east.assignment();
        world.merge(world.west);
        assertThat(world.east.assignment().generation()).isEqualTo(1);

        world.east.review.run();

        assertThat(world.east.assignment()).isEqualTo(before);
        assertThat(world.east.events.reviewed).containsExactly(Outcome.DECIDED, Outcome.MENDED);
    }

    @Test
    void theOtherRegionComparesNothingThatIsNotAtHomeThere() {
        bothTellTheDevice();
        meetAgain(world.west);
        world.clock.advance(TwoRegions.SETTLE_AFTER.plusMinutes(1));
        world.west.review.run();
        assertThat(world.west.assignment().generation()).isEqualTo(1);
    }

    private void bothTellTheDevice() {
        assertThat(told(world.east).instance()).isEqualTo(world.inEast);
        loseTheEast();
        assertThat(told(world.west).instance()).isEqualTo(world.inWest);
    }

    private void loseTheEast() {
        world.cut = true;
        assertThatThrownBy(() -> ask(world.west)).isInstanceOf(RepositoryUnavailableException.class);
        world.clock.advance(TwoRegions.AWAY_AFTER);
    }

    private void meetAgain(TwoRegions.Region lastWriter) {
        world.cut = false;
        world.merge(lastWriter);
        assertThat(claims().claims()).isNotEmpty();
    }

    private void settle() {
        world.clock.advance(TwoRegions.SETTLE_AFTER.plusMinutes(1));
        world.east.review.run();
    }

    private IdScopeAnswer ask(TwoRegions.Region region) {
        return region.service.idScope(world.device, false);
    }

    private Register told(TwoRegions.Region region) {
        return (Register) ask(region);
    }

    private OfDevice claims() {
        return world.east.claims.of(world.device.origin(), world.device.registrationId());
    }
}
