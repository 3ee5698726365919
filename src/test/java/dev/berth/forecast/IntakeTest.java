package dev.berth.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduling.SlotSpacing;
import dev.berth.scheduling.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How long more devices would take. */
class IntakeTest {
    private static final Instant NOW = VirtualClock.START;

    @Test
    void oneInstanceTakesThemOneAfterTheOther() {
        assertThat(Intake.of(10, 0, List.of(lane(5, 2, 100)))).isEqualTo(new Intake(10, 10, NOW.plusSeconds(5 + 18)));
    }

    @Test
    void severalTakeThemAtTheSameTime() {
        assertThat(Intake.of(10, 0, List.of(lane(0, 1, 100), lane(0, 1, 100))).lastSlot())
                .isEqualTo(NOW.plusSeconds(4));
    }

    @Test
    void oneThatIsFullLeavesTheRestToTheOthers() {
        assertThat(Intake.of(10, 0, List.of(lane(0, 1, 2), lane(0, 1, 100))).lastSlot())
                .isEqualTo(NOW.plusSeconds(7));
    }

    @Test
    void noMoreArePlacedThanThereIsRoomFor() {
        assertThat(Intake.of(10, 0, List.of(lane(0, 1, 3)))).isEqualTo(new Intake(10, 3, NOW.plusSeconds(2)));
        assertThat(Intake.of(10, 0, List.of(lane(0, 1, 0)))).isEqualTo(new Intake(10, 0, null));
        assertThat(Intake.of(10, 0, List.of())).isEqualTo(new Intake(10, 0, null));
    }

    @Test
    void thoseWhoWaitComeFirst() {
        assertThat(Intake.of(10, 5, List.of(lane(0, 1, 100))).lastSlot()).isEqualTo(NOW.plusSeconds(14));
        assertThat(Intake.of(10, 5, List.of(lane(0, 1, 8))).placed()).isEqualTo(3);
        assertThat(Intake.of(10, 5, List.of(lane(0, 1, 4))).placed()).isZero();
    }

    @Test
    void theMostDevicesAtTheSlowestInstancesHaveAnEnd() {
        var slowest = new SlotSpacing(Duration.ofSeconds(121));
        var lane = new Intake.Lane(NOW, slowest, 1_000_000_000);

        assertThat(Intake.of(Intake.DEVICES_MAX, Long.MAX_VALUE / 4, List.of(lane, lane))
                        .placed())
                .isZero();
        assertThat(Intake.of(Intake.DEVICES_MAX, 0, List.of(lane)).lastSlot())
                .isEqualTo(slowest.after(NOW, Intake.DEVICES_MAX - 1));
    }

    @Test
    void theLastSlotIsThatOfLayingThemOutOneByOne() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            var lanes = new ArrayList<Intake.Lane>();
            for (int i = 0; i < 4; i++) {
                lanes.add(lane(random.nextInt(10), 1 + random.nextInt(5), random.nextInt(20)));
            }
            long room = lanes.stream().mapToLong(Intake.Lane::room).sum();
            long devices = random.nextLong(1, 31);
            Instant expected = lanes.stream()
                    .flatMap(lane -> LongStream.range(0, lane.room())
                            .mapToObj(slot -> lane.spacing().after(lane.nextSlot(), slot)))
                    .sorted()
                    .limit(devices)
                    .reduce(Instant.MIN, (_, last) -> last);

            var intake = Intake.of(devices, 0, lanes);

            assertThat(intake.placed()).as("seed %d", seed).isEqualTo(Math.min(devices, room));
            if (room > 0) {
                assertThat(intake.lastSlot()).as("seed %d", seed).isEqualTo(expected);
            }
        }
    }

    private static Intake.Lane lane(int nextSlotSeconds, int spacingSeconds, long room) {
        return new Intake.Lane(
                NOW.plusSeconds(nextSlotSeconds), new SlotSpacing(Duration.ofSeconds(spacingSeconds)), room);
    }
}
