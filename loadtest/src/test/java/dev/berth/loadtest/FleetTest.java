package dev.berth.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.PrivateKey;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FleetTest {
    private static final PrivateKey NO_KEY = null;

    @ParameterizedTest
    @EnumSource
    void eachDeviceComesOnceInAPhase(Scenario scenario) {
        for (int devices : List.of(1, 2, 19, 20, 1_003)) {
            var phases = scenario.phases(devices, scenario.over());
            var fleet = new Fleet(phases, devices(Scenario.certificates(phases)));

            long user = 1;
            for (var phase : phases) {
                var come = new HashSet<Device>();
                for (int n = 0; n < phase.count(); n++) {
                    come.add(fleet.device(user++));
                }
                assertThat(come).as("%s of %d devices", phase.name(), devices).hasSize(phase.count());
            }
        }
    }

    @Test
    void inASteadyStateOneInTenIsNew() {
        var phases = Scenario.STEADY_STATE.phases(100, Scenario.STEADY_STATE.over());
        var known = IntStream.range(0, phases.getFirst().count())
                .map(phases.getFirst().device())
                .boxed()
                .toList();

        var fresh = IntStream.range(0, phases.getLast().count())
                .map(phases.getLast().device())
                .filter(device -> !known.contains(device))
                .toArray();

        assertThat(fresh).hasSize(10);
    }

    private static List<Device> devices(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> new Device("device-" + n, NO_KEY, List.of()))
                .toList();
    }
}
