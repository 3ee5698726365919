package dev.berth.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.enrollment.DpsServiceException;
import dev.berth.inventory.Catalogs;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.Pools;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.documents.InventoryDocuments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeriodicReconciliationTest {
    private final ReconciliationFixture berth = new ReconciliationFixture();
    private final Catalogs catalogs = InventoryDocuments.over(berth.store);
    private final Pools pools = new Pools(catalogs);
    private final List<Runnable> started = new ArrayList<>();
    private final PeriodicReconciliation periodic = new PeriodicReconciliation(
            berth.reconciler("replica"), berth.runs, berth.settings.interval(), pools, berth.clock, started::add);

    @BeforeEach
    void oneInstance() {
        add(berth.here);
    }

    @Test
    void anInstanceIsCountedAtOnceAndThenOnceInAnInterval() {
        assertThat(round()).isEqualTo(1);
        var first = berth.newest().startedAt();
        advance(Duration.ofHours(5));
        round();
        assertThat(berth.newest().startedAt()).isEqualTo(first);

        advance(Duration.ofHours(1));
        round();

        assertThat(berth.newest().startedAt()).isAfter(first);
    }

    @Test
    void aReplicaThatStartsCountsNotWhatAnotherHasCounted() {
        round();
        int calls = berth.dpsHere.calls().size();
        var second = new PeriodicReconciliation(
                berth.reconciler("second"), berth.runs, berth.settings.interval(), pools, berth.clock, Runnable::run);

        second.startDue();

        assertThat(berth.dpsHere.calls()).hasSize(calls);
    }

    @Test
    void whoAsksGetsACountThatBeginsThen() {
        round();
        var first = berth.newest().startedAt();
        advance(Duration.ofSeconds(1));

        assertThat(periodic.request(berth.here)).isTrue();
        assertThat(round()).isEqualTo(1);

        assertThat(periodic.newest(berth.here.id()).orElseThrow().startedAt()).isAfter(first);
        assertThat(round()).isZero();
    }

    @Test
    void whoAsksWhileACountRunsGetsAnotherAfterIt() {
        berth.dpsHere.before(call -> {
            throw new DpsServiceException(DpsServiceException.Kind.UNAVAILABLE, "away", null);
        });
        round();
        berth.dpsHere.before(call -> {});
        advance(Duration.ofSeconds(1));
        periodic.request(berth.here);
        var asked = berth.clock.instant();

        for (int i = 0; i < 30; i++) {
            round();
            advance(PeriodicReconciliation.LOOK_SOON);
        }

        assertThat(berth.newest().startedAt()).isAfterOrEqualTo(asked);
        assertThat(berth.newest().before()).isInstanceOf(Stage.Settled.class);
        assertThat(berth.newest().stage()).isInstanceOf(Stage.Settled.class);
    }

    @Test
    void oneThatCannotBeCalledIsLeftAlone() {
        var external = with(ReconciliationFixture.instance("external"), null, DpsInstance.State.ACTIVE);
        var disabled = with(ReconciliationFixture.instance("disabled"), "contoso", DpsInstance.State.DISABLED);
        add(external);
        add(disabled);

        assertThat(periodic.request(external)).isFalse();
        assertThat(periodic.request(disabled)).isFalse();
        assertThat(round()).isEqualTo(1);
    }

    @Test
    void noMoreThanAFewAreCountedAtOnce() {
        for (int i = 0; i < 9; i++) {
            add(ReconciliationFixture.instance("more-" + i));
        }

        periodic.startDue();
        assertThat(started).hasSize(PeriodicReconciliation.AT_ONCE_MAX);
        finish();
        periodic.startDue();

        assertThat(started).hasSize(PeriodicReconciliation.AT_ONCE_MAX);
    }

    @Test
    void aStoreThatIsAwayIsTriedAgain() {
        berth.store.before((operation, collection, key) -> {
            throw new StoreUnavailableException("away", false, Duration.ofSeconds(1), null);
        });
        assertThat(round()).isEqualTo(1);
        berth.store.before((operation, collection, key) -> {});
        assertThat(round()).isZero();

        advance(PeriodicReconciliation.LOOK_EVERY);
        round();

        assertThat(berth.newest().stage()).isInstanceOf(Stage.Settled.class);
    }

    /** How many were started, and ended. */
    private int round() {
        periodic.startDue();
        return finish();
    }

    private int finish() {
        var runs = List.copyOf(started);
        started.clear();
        runs.forEach(Runnable::run);
        return runs.size();
    }

    private void advance(Duration duration) {
        berth.clock.advance(duration);
    }

    private void add(DpsInstance instance) {
        catalogs.dpsInstances().insert(instance);
        pools.refresh(berth.clock.instant());
    }

    private static DpsInstance with(DpsInstance instance, @Nullable String credentials, DpsInstance.State state) {
        return new DpsInstance(
                instance.id(),
                instance.idScope(),
                instance.globalEndpoint(),
                instance.serviceEndpoint(),
                null,
                null,
                null,
                instance.limits(),
                1,
                state,
                credentials,
                EnrollmentPolicy.EXTERNAL);
    }
}
