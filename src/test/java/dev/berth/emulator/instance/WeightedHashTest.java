package dev.berth.emulator.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which hub a device gets. */
class WeightedHashTest {
    private static final int DEVICES = 20_000;
    private static final IotHub SMALL = new IotHub("small.azure-devices.net", 1, true);
    private static final IotHub LARGE = new IotHub("large.azure-devices.net", 3, true);
    private static final IotHub OUT = new IotHub("out.azure-devices.net", 1_000, false);

    @Test
    void sharesFollowTheWeights() {
        assertThat(share(SMALL, List.of(SMALL, LARGE))).isCloseTo(0.25, within(0.02));
    }

    @Test
    void aHubOutsideOfTheAllocationGetsNoDevice() {
        assertThat(share(OUT, List.of(SMALL, OUT))).isZero();
        assertThat(WeightedHash.choose("device", List.of(OUT))).isEmpty();
    }

    @Test
    void letterCaseAndOrderOfHubsDoNotMatter() {
        for (int i = 0; i < 100; i++) {
            String name = "Device-" + i;
            assertThat(WeightedHash.choose(name, List.of(SMALL, LARGE)))
                    .isEqualTo(WeightedHash.choose(name.toUpperCase(Locale.ROOT), List.of(LARGE, SMALL)));
        }
    }

    @Test
    void aNewHubTakesDevicesButMovesNoneBetweenTheOthers() {
        var more = List.of(SMALL, LARGE, IotHub.of("new"));
        for (int i = 0; i < DEVICES; i++) {
            var before = WeightedHash.choose("device-" + i, List.of(SMALL, LARGE));
            var after = WeightedHash.choose("device-" + i, more);
            assertThat(after.equals(before) || after.equals(Optional.of(more.getLast())))
                    .isTrue();
        }
    }

    private static double share(IotHub hub, List<IotHub> hubs) {
        return IntStream.range(0, DEVICES)
                        .mapToObj(i -> WeightedHash.choose("device-" + i, hubs).orElseThrow())
                        .filter(hub::equals)
                        .count()
                / (double) DEVICES;
    }
}
