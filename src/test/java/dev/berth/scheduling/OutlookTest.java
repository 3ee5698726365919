package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.inventory.DpsInstance;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How instances and queues stand, for whoever asks why. */
class OutlookTest {
    private static final SchedulingSettings SETTINGS = SchedulingSettings.DEFAULT;
    private static final QueueKey QUEUE = QueueKey.ofPool(Instances.TENANT, Instances.TENANT, "factory", null);

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryLedgers ledgers = new InMemoryLedgers();
    private final InMemoryQueues queues = new InMemoryQueues();
    private final InstanceHealth health = new InstanceHealth();
    private final Outlook outlook = new Outlook(ledgers, queues, health, SETTINGS, clock);
    private final DpsInstance instance = Instances.named("dps-1", Instances.limits(60, 1));

    @Test
    void anInstanceThatNobodyUsedIsEmptyAndOpensAtOnce() {
        var seen = outlook.of(instance);

        assertThat(seen.remaining()).isEqualTo(1);
        assertThat(seen.nextSlot()).isEqualTo(clock.instant().plus(SETTINGS.lead()));
        assertThat(seen.unavailableUntil()).isNull();
    }

    @Test
    void itShowsWhatAnyReplicaTook() {
        scheduler().admit(new AdmissionRequest(QUEUE, List.of(instance), true, null));

        var seen = outlook.of(instance);

        assertThat(seen.isFull()).isTrue();
        assertThat(seen.nextSlot()).isEqualTo(ledgers.of(instance.id()).slotsGivenUntil());
    }

    @Test
    void oneThatIsToBeLeftAloneSaysUntilWhen() {
        var until = clock.instant().plusSeconds(30);
        health.unavailable(instance.id(), until);
        assertThat(outlook.of(instance).unavailableUntil()).isEqualTo(until);

        clock.advance(Duration.ofSeconds(30));
        assertThat(outlook.of(instance).unavailableUntil()).isNull();
    }

    @Test
    void lookingWritesNothing() {
        outlook.of(instance);
        outlook.of(QUEUE);

        assertThat(ledgers.writes).isZero();
        assertThat(queues.writes).isZero();
    }

    @Test
    void aQueueSaysWhoComesBeforeATicket() {
        queues.swap(QUEUE, null, new QueueState(10, 4, clock.instant()));

        var queue = outlook.of(QUEUE);

        assertThat(queue.waiting()).isEqualTo(6);
        assertThat(queue.ahead(new Ticket(QUEUE, 7))).isEqualTo(3);
        assertThat(queue.ahead(new Ticket(QUEUE, 2))).isZero();
        assertThat(queue.admits(new Ticket(QUEUE, 3))).isTrue();
        assertThat(queue.admits(new Ticket(QUEUE, 4))).isFalse();
    }

    private Scheduler scheduler() {
        return new Scheduler(ledgers, queues, health, SETTINGS, clock, Runnable::run, SchedulingEvents.NONE);
    }
}
