package dev.berth.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.berth.identity.RegistrationId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.PoolMembership.Barrier;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.provisioning.IdScopeAnswer;
import dev.berth.provisioning.RegistrationReport;
import dev.berth.region.LostClaim;
import dev.berth.region.RegionClaim;
import dev.berth.region.RegionId;
import dev.berth.scheduling.Choice;
import dev.berth.scheduling.Instances;
import dev.berth.scheduling.VirtualClock;
import dev.berth.store.StoreListener.Operation;
import dev.berth.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Why a device is where it is, in every state that it and its pool can be in. */
class ExplainerTest {
    private final ExplainedBerth berth = new ExplainedBerth();
    private final DpsInstance first = Instances.named("eu-1", Instances.limits(60, 1_000));
    private final DpsInstance second = Instances.named("eu-2", Instances.limits(60, 1_000));

    @Test
    void aDeviceWentToTheEmptiestAndTheOtherWasFuller() {
        berth.put(first);
        IntStream.range(0, 10).forEach(i -> berth.ask("other-" + i));
        berth.clock.advance(Duration.ofMinutes(5));
        berth.put(second);
        berth.ask("device");

        var why = berth.explain("device");

        assertThat(choice(why).rule()).isEqualTo(Choice.Rule.EMPTIEST);
        assertThat(why.reasons().getFirst()).contains("assigned to eu-2", "the emptiest", "0.0 % used");
        assertThat(why.reasons().get(1)).contains("eu-1 was passed over because it was fuller", "1.0 % of it was used");
        assertThat(why.nextAnswer()).isEqualTo(NextAnswer.SAME_SLOT);
    }

    @Test
    void whenNoSlotOpenedSoonTheEarliestDecided() {
        berth.put(first);
        IntStream.range(0, 60).forEach(i -> berth.ask("other-" + i));
        berth.put(second);
        IntStream.range(60, 90).forEach(i -> berth.ask("other-" + i));
        berth.ask("device");

        var why = berth.explain("device");

        assertThat(choice(why).rule()).isEqualTo(Choice.Rule.EARLIEST);
        assertThat(why.reasons().getFirst()).contains("assigned to eu-2", "its next slot opened first");
        assertThat(why.reasons().get(1)).contains("eu-1 was passed over because it opened later");
    }

    @Test
    void theOnlyOneThatCouldTakeItIsSaidToBe() {
        berth.put(first);
        berth.put(second);
        berth.health.unavailable(first.id(), berth.clock.instant().plusSeconds(60));
        berth.ask("device");

        var reasons = berth.explain("device").reasons();

        assertThat(reasons.getFirst()).contains("eu-2", "the only one of the 2");
        assertThat(reasons).contains("1 of its pool was full or out of reach.");
    }

    @Test
    void aSlotThatHasPassedSaysSo() {
        berth.put(first);
        berth.ask("device");
        berth.clock.advance(Duration.ofMinutes(1));

        var why = berth.explain("device");

        assertThat(why.reasons()).anyMatch(reason -> reason.contains("it has passed"));
        assertThat(why.nextAnswer()).isEqualTo(NextAnswer.FRESH_SLOT);
    }

    @Test
    void aRegisteredDeviceIsToldItsHub() {
        berth.put(first);
        berth.ask("device");
        berth.report("device", new RegistrationReport.Assigned("hub.example", null));

        var why = berth.explain("device");

        assertThat(why.nextAnswer()).isEqualTo(NextAnswer.CONNECT);
        assertThat(why.reasons()).contains("It is registered at hub.example.");
        assertThat(why.changes()).anyMatch(change -> change.contains("register=true"));
    }

    @Test
    void aFailureIsQuoted() {
        berth.put(first);
        berth.ask("device");
        berth.report("device", new RegistrationReport.Failed(401002, "no enrollment"));

        var why = berth.explain("device");

        assertThat(why.reasons()).contains("Its registration failed with 401002: no enrollment.");
        assertThat(why.nextAnswer()).isEqualTo(NextAnswer.FRESH_SLOT);
    }

    @Test
    void aDeviceThatUsedUpItsFreshSlotsHasAskedTooOften() {
        berth.put(first);
        for (int i = 0; i <= ExplainedBerth.SETTINGS.slotsPerDevicePerHour(); i++) {
            berth.ask("device");
            berth.clock.advance(Duration.ofSeconds(5));
        }

        assertThat(berth.explain("device").nextAnswer()).isEqualTo(NextAnswer.ASKED_TOO_OFTEN);
    }

    @Test
    void aDeviceThatWaitsKnowsHowManyAreAheadAndHowLong() {
        berth.put(first);
        berth.fillHorizon();
        IntStream.range(0, 9).forEach(i -> berth.ask("ahead-" + i));
        berth.ask("device");

        var why = berth.explain("device");
        var place = placeOf(why);

        assertThat(place.ahead()).isEqualTo(10);
        assertThat(place.waiting()).isGreaterThan(10); // tickets are leased in runs
        assertThat(place.estimate()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
        assertThat(why.own()).isNull();
        assertThat(why.nextAnswer()).isEqualTo(NextAnswer.QUEUED);
        assertThat(why.reasons()).anyMatch(reason -> reason.startsWith("10 tickets are ahead of it"));
    }

    @Test
    void aDeviceWhoseTurnHasComeGetsASlot() {
        berth.put(first);
        berth.fillHorizon();
        var queued = (IdScopeAnswer.Queued) berth.ask("device");
        berth.clock.advance(queued.retryAfter().plusSeconds(5));
        berth.ask("comes-later"); // moves the watermark

        var why = berth.explain("device");

        assertThat(placeOf(why).admitted()).isTrue();
        assertThat(why.nextAnswer()).isEqualTo(NextAnswer.FRESH_SLOT);
        assertThat(berth.ask("device")).isInstanceOf(IdScopeAnswer.Register.class);
    }

    @Test
    void aTicketOfAPoolThatIsNotTheDevicesAnyMoreIsVoid() {
        berth.put(in("europe", first));
        berth.fillHorizon();
        berth.ask("device");
        berth.tenant("europe");

        var why = berth.explain("device");

        assertThat(why.reasons()).anyMatch(reason -> reason.contains("that ticket is void"));
    }

    @Test
    void aPoolThatIsEmptyNowSaysWhatNarrowedItAndWhatWouldFillIt() {
        berth.put(first);
        berth.fillHorizon();
        berth.ask("device");
        berth.put(Instances.inState(first, DpsInstance.State.DRAINING));
        berth.tenant("asia");

        var why = berth.explain("device");

        assertThat(why.nextAnswer()).isEqualTo(NextAnswer.POOL_EMPTY);
        assertThat(why.pool().instances().getFirst().membership().barriers())
                .containsExactly(Barrier.NOT_ACTIVE, Barrier.OTHER_GEOGRAPHY);
        assertThat(why.changes())
                .contains(
                        "eu-1 would join its pool if it were active instead of draining, and its geography were asia.");
    }

    @Test
    void anInstanceOfAnotherRegionGivesItsFreshSlotsThere() {
        berth.put(first);
        berth.ask("device");
        berth.clock.advance(Duration.ofMinutes(1));

        var why = berth.explainIn("westeurope", "device");

        assertThat(why.nextAnswer()).isEqualTo(NextAnswer.POOL_UNAVAILABLE);
        assertThat(why.changes()).contains("It gets a fresh slot only in the region in which eu-1 is at home.");
        assertThat(why.pool().instances().getFirst().membership().barriers()).containsExactly(Barrier.OTHER_REGION);
    }

    @Test
    void aPoolThatIsFullNowSaysSo() {
        berth.put(first);
        berth.fillHorizon();
        berth.ask("device");
        berth.put(Instances.named("eu-1", Instances.limits(60, 10)));

        var why = berth.explain("device");

        assertThat(why.nextAnswer()).isEqualTo(NextAnswer.POOL_FULL);
        assertThat(why.pool().instances().getFirst().outlook().remaining()).isZero();
    }

    @Test
    void aPoolThatIsOutOfReachSaysUntilWhen() {
        berth.put(first);
        berth.fillHorizon();
        berth.ask("device");
        var until = berth.clock.instant().plusSeconds(90);
        berth.health.unavailable(first.id(), until);

        var why = berth.explain("device");

        assertThat(why.nextAnswer()).isEqualTo(NextAnswer.POOL_UNAVAILABLE);
        assertThat(why.pool().instances().getFirst().outlook().unavailableUntil())
                .isEqualTo(until);
        assertThat(placeOf(why).estimate()).isNull();
    }

    @Test
    void aDrainingInstanceKeepsItsDevices() {
        berth.put(first);
        berth.put(second);
        berth.ask("device");
        berth.put(Instances.inState(first, DpsInstance.State.DRAINING));

        var why = berth.explain("device");

        assertThat(why.reasons()).anyMatch(reason -> reason.startsWith("eu-1 is draining"));
        assertThat(why.nextAnswer()).isEqualTo(NextAnswer.SAME_SLOT);
        assertThat(why.pool().size()).isEqualTo(1);
    }

    @Test
    void aDisabledInstanceServesNobody() {
        berth.put(first);
        berth.ask("device");
        berth.put(Instances.inState(first, DpsInstance.State.DISABLED));

        var why = berth.explain("device");

        assertThat(why.nextAnswer()).isEqualTo(NextAnswer.POOL_UNAVAILABLE);
        assertThat(why.changes()).contains("It is served again once eu-1 is active or draining.");
        assertThat(berth.ask("device")).isInstanceOf(IdScopeAnswer.PoolUnavailable.class);
    }

    @Test
    void aDeviceOfAnInstanceThatIsGoneSaysSo() {
        berth.put(first);
        berth.ask("device");
        berth.remove(first);

        var why = berth.explain("device");

        assertThat(why.own()).isNull();
        assertThat(why.reasons()).contains("eu-1 is not in the inventory any more.");
        assertThat(why.nextAnswer()).isEqualTo(NextAnswer.POOL_UNAVAILABLE);
        assertThat(berth.ask("device")).isInstanceOf(IdScopeAnswer.PoolUnavailable.class);
    }

    @Test
    void aKnownDeviceThatWaitsStandsInTheQueueOfItsInstance() {
        berth.put(first);
        berth.ask("device");
        berth.clock.advance(Duration.ofMinutes(1));
        berth.fillHorizon();
        berth.ask("device");

        var why = berth.explain("device");

        assertThat(placeOf(why).ticket().queue().name()).startsWith("instance/").endsWith("/eu-1");
        assertThat(why.reasons()).anyMatch(reason -> reason.startsWith("When it needed a fresh slot"));
        assertThat(why.nextAnswer()).isEqualTo(NextAnswer.QUEUED);
    }

    @Test
    void whoWaitsBesideAnotherQueueIsToldItsShareByClassAndHowLongThatTakes() {
        berth.put(first);
        berth.ask("device");
        berth.clock.advance(Duration.ofMinutes(1));
        berth.fillHorizon();
        berth.ask("device");

        var why = berth.explain("device");
        var place = placeOf(why);

        assertThat(place.others()).isEqualTo(1);
        assertThat(place.share()).isCloseTo(3.0 / (3 + 6), within(1e-9));
        assertThat(place.estimate()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
        assertThat(why.reasons())
                .contains(
                        "Its queue, of devices that register again, gets 33.3 % of the slots there, since 1 more queue"
                                + " waits there too.");
        assertThat(why.changes()).anyMatch(change -> change.contains("larger weight"));
    }

    @Test
    void explainingWritesNothing() {
        berth.put(first);
        berth.ask("device");
        long writes = berth.store.writes();

        berth.explain("device");

        assertThat(berth.store.writes()).isEqualTo(writes);
    }

    @Test
    void aStoreThatCannotServeIsUnavailable() {
        berth.put(first);
        berth.ask("device");
        berth.store.before((operation, collection, _) -> {
            if (operation == Operation.FIND && collection.name().equals("ledgers")) {
                throw new StoreUnavailableException("away", false, Duration.ofSeconds(1), null);
            }
        });

        assertThatThrownBy(() -> berth.explain("device")).isInstanceOf(RepositoryUnavailableException.class);
    }

    @Test
    void noMoreInstancesAreLookedAtThanTheLimitAndThePoolComesFirst() {
        for (int i = 0; i < PoolNow.INSTANCES_MAX; i++) {
            berth.put(
                    Instances.inState(Instances.named("a-" + i, Instances.perMinute(60)), DpsInstance.State.DRAINING));
        }
        berth.put(first);
        berth.ask("device");

        var pool = berth.explain("device").pool();

        assertThat(pool.instances()).hasSize(PoolNow.INSTANCES_MAX);
        assertThat(pool.instances().getFirst().name()).isEqualTo("eu-1");
    }

    private static Choice choice(Explanation explanation) {
        return Objects.requireNonNull(
                explanation.device().assignment().orElseThrow().choice());
    }

    private static Place placeOf(Explanation explanation) {
        return Objects.requireNonNull(explanation.place());
    }

    private static DpsInstance in(String geography, DpsInstance instance) {
        return new DpsInstance(
                instance.id(),
                instance.idScope(),
                instance.globalEndpoint(),
                instance.serviceEndpoint(),
                null,
                geography,
                null,
                instance.limits(),
                1,
                DpsInstance.State.ACTIVE);
    }

    @Test
    void aDisputeThatWasSettledIsToldAndAllOfThemAreListedTheLatestFirst() {
        berth.put(first);
        berth.ask("device");
        var disputes = IntStream.rangeClosed(1, Explanation.DISPUTES_MAX + 1)
                .mapToObj(ExplainerTest::lost)
                .toList();

        var why = berth.explain("device", (_, _) -> disputes);

        assertThat(why.disputes()).hasSize(Explanation.DISPUTES_MAX);
        assertThat(why.disputes().getFirst()).isEqualTo(disputes.getLast());
        assertThat(why.reasons())
                .filteredOn(reason -> reason.startsWith("While regions"))
                .singleElement()
                .asString()
                .contains("westeurope told it dps-west", "in generation 11", "dps-east holds, in generation 12");
        assertThat(berth.explain("device").disputes()).isEmpty();
    }

    private static LostClaim lost(int generation) {
        var at = VirtualClock.START.plusSeconds(generation);
        var subject = new RegionClaim.Subject(Instances.TENANT, new RegistrationId("device"), generation);
        var west = new RegionId("westeurope");
        var inWest = new DpsInstanceId(Instances.TENANT, "dps-west");
        var claim = new RegionClaim(subject, west, new RegionId("eastus"), inWest, at, 0, at);
        return new LostClaim(claim, new DpsInstanceId(Instances.TENANT, "dps-east"), generation + 1, at);
    }
}
