package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a backlog costs the store: writes of ledger, capacity and queue together, by 16 replicas that tidy up every second. */
class StoreWritesTest {
    private static final QueueKey QUEUE = QueueKey.ofPool(Instances.TENANT, Instances.TENANT, "factory", null);

    @ParameterizedTest(name = "{0} instances")
    @CsvSource({"1, 15000", "10, 40000", "60, 120000"})
    void aBacklogCostsAtMostOneWriteForFourRegistrations(int instances, int devices) {
        var fleet = new SharedFleet(16, SchedulingSettings.DEFAULT.withHorizon(Duration.ofMinutes(1)), 1)
                .boot(
                        devices,
                        QUEUE,
                        Instances.many(instances, Instances.perMinute(1_000)),
                        Duration.ZERO,
                        Duration.ofSeconds(30))
                .run();
        assertThat(fleet.told).hasSize(devices);
        assertThat((double) fleet.writes() / devices).isLessThan(0.25);
    }
}
