package dev.berth.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoPlanTest {
    @Test
    void isIdealWhenEverySlotOfEveryInstanceIsUsed() {
        assertThat(plan(3_500, 3, 1_000).idealSeconds()).isCloseTo(71.47, within(0.01));
        assertThat(plan(2, 1, 1).idealSeconds()).isCloseTo(122.4, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({"3500, 105", "100000, 3000", "600, 100", "60, 30", "1, 0"})
    void registersSomeWithTheOfficialSdk(int devices, int sdkDevices) {
        var plan = plan(devices, 1, 1_000);

        assertThat(plan.sdkDevices()).isEqualTo(sdkDevices);
        assertThat(IntStream.range(0, devices).filter(plan::usesSdk)).hasSize(sdkDevices);
    }

    @ParameterizedTest
    @CsvSource({"0,1,1", "100001,1,1", "1,0,1", "1,101,1", "1,1,0", "1,1,1000001"})
    void refusesWhatThisMachineCannotShow(int devices, int instances, int limit) {
        assertThatIllegalArgumentException().isThrownBy(() -> plan(devices, instances, limit));
    }

    private static DemoPlan plan(int devices, int instances, int limit) {
        return new DemoPlan(devices, instances, limit, 1, false);
    }
}
