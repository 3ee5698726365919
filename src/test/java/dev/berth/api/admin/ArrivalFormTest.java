package dev.berth.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.Limits;
import dev.berth.scheduling.ArrivalLog;
import dev.berth.scheduling.Instances;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.scheduling.VirtualClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrivalFormTest {
    private final DpsInstance instance = Instances.named("eu-1", Limits.DPS);
    private final ArrivalLog log = new ArrivalLog(new VirtualClock());

    @Test
    void beforeAnyDeviceCameNothingIsProposed() {
        var json = write();
        assertThat(json.path("arrivalSpreadMillis").asInt()).isEqualTo(1_200);
        assertThat(json.path("since").asText()).isEqualTo(VirtualClock.START.toString());
        assertThat(json.path("seen").size()).isEqualTo(1);
        assertThat(json.path("seen").path("registrations").asInt(-1)).isZero();
        assertThat(json.has("proposedArrivalSpreadMillis")).isFalse();
    }

    @Test
    void devicesThatComeLateProposeALargerSpreadAndLeaveTheInstanceAsItIs() {
        IntStream.range(0, 2_000).forEach(i -> log.of(instance.id()).saw(Duration.ofMillis(2L * i)));
        log.of(instance.id()).wasReported(Duration.ofSeconds(6));
        var json = write();
        assertThat(json.path("arrivalSpreadMillis").asInt()).isEqualTo(1_200);
        assertThat(json.path("proposedArrivalSpreadMillis").asInt()).isBetween(4_400, 4_500);
        assertThat(json.path("seen").path("registrations").asInt()).isEqualTo(2_000);
        assertThat(json.path("seen").path("medianMillis").asInt()).isBetween(2_000, 2_020);
        assertThat(json.path("reported").path("registrations").asInt()).isEqualTo(1);
    }

    private ObjectNode write() {
        return ArrivalForm.write(instance, log, SchedulingSettings.DEFAULT);
    }
}
