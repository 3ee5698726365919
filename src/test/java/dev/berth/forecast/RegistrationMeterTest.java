package dev.berth.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.scheduling.VirtualClock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is counted, and how seldom it is written. */
class RegistrationMeterTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final TenantId FABRIKAM = new TenantId("fabrikam");
    private static final DpsInstanceId INSTANCE = new DpsInstanceId(CONTOSO, "eu-1");

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryHistories histories = new InMemoryHistories();
    private final RegistrationMeter meter = new RegistrationMeter(histories, clock);

    @Test
    void aDeviceCountsForItsOwnerInTheHourInWhichItCame() {
        note(CONTOSO, 3);
        clock.advance(Duration.ofHours(1));
        note(FABRIKAM, 2);

        meter.writeAll();

        assertThat(granted("contoso").total()).isEqualTo(3);
        assertThat(granted("contoso").hours()).containsEntry(Granted.hourOf(VirtualClock.START), 3L);
        assertThat(granted("fabrikam").hours()).containsEntry(Granted.hourOf(clock.instant()), 2L);
    }

    @Test
    void howeverManyDevicesComeTheHistoryIsWrittenOnceInAWhile() {
        for (int second = 0; second < 3_600; second++) {
            note(CONTOSO, 16);
            meter.writeDue();
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(histories.writes).isBetween(10, 12);

        meter.writeAll();
        assertThat(granted("contoso").total()).isEqualTo(3_600 * 16);
    }

    @Test
    void nothingIsWrittenWhereNothingCame() {
        note(CONTOSO, 1);
        meter.writeAll();

        clock.advance(Duration.ofDays(1));
        meter.writeDue();
        meter.writeAll();

        assertThat(histories.writes).isEqualTo(1);
    }

    @Test
    void replicasAddToEachOther() {
        var other = new RegistrationMeter(histories, clock);
        note(CONTOSO, 3);
        IntStream.range(0, 4).forEach(_ -> other.note(CONTOSO, INSTANCE));
        histories.swapsToLose = 2;

        meter.writeAll();
        other.writeAll();

        assertThat(granted("contoso").total()).isEqualTo(7);
    }

    @Test
    void whatTheStoreCouldNotTakeIsWrittenLaterInItsOwnHour() {
        note(CONTOSO, 3);
        histories.away = true;
        clock.advance(Duration.ofHours(2));
        meter.writeDue();
        histories.away = false;

        meter.writeDue();
        assertThat(histories.writes).isZero(); // an outage is met once in a while, too
        clock.advance(RegistrationMeter.WRITE_EVERY);
        meter.writeDue();

        assertThat(granted("contoso").hours()).containsExactly(Map.entry(Granted.hourOf(VirtualClock.START), 3L));
    }

    @Test
    void whatMayHaveBeenWrittenIsNotWrittenAgain() {
        note(CONTOSO, 3);
        histories.answersToLose = 1;

        meter.writeAll();
        meter.writeAll();

        assertThat(granted("contoso").total()).isEqualTo(3);
    }

    @Test
    void whoeverLosesEverySwapKeepsWhatItCounted() {
        note(CONTOSO, 3);
        histories.swapsToLose = 1_000;
        meter.writeAll();
        histories.swapsToLose = 0;

        meter.writeAll();

        assertThat(granted("contoso").total()).isEqualTo(3);
    }

    @Test
    void aStoreThatStaysAwayDoesNotFillTheMemory() {
        var pending = new Pending();
        for (int i = 0; i < Pending.KEYS_MAX + 10; i++) {
            pending.add("owner-" + i, 1, 1, clock.instant());
        }

        assertThat(pending.take()).hasSize(Pending.KEYS_MAX);
    }

    private void note(TenantId owner, int devices) {
        IntStream.range(0, devices).forEach(_ -> meter.note(owner, INSTANCE));
    }

    private Granted granted(String owner) {
        return histories.of(INSTANCE).owners().getOrDefault(owner, Granted.NONE);
    }
}
