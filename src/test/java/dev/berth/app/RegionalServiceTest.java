package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.ServiceClient.Answer;
import dev.berth.pki.CertifiedKey;
import dev.berth.region.RegionId;
import dev.berth.region.Regions;
import dev.berth.store.cosmos.FaultProxy;
import dev.berth.store.cosmos.LocalAccount;
import dev.berth.store.cosmos.NeedsLocalCosmos;
import dev.berth.store.cosmos.TwoRegionAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service in the west of an account that takes writes in two regions, while the east is there, away, and back. */
@NeedsLocalCosmos
class RegionalServiceTest {
    private static final RegionId EAST = new RegionId("eastus");
    private static final Regions REGIONS = Regions.of("westeurope", List.of("westeurope", "eastus"));

    private final TwoRegionAccount account = TwoRegionAccount.start();
    private final CertifiedKey authority = TestKeys.authority("Devices");
    private final String database = "service-" + UUID.randomUUID();

    /** Names of devices at home in the east. */
    private final Iterator<String> names = IntStream.iterate(1, i -> i + 1)
            .mapToObj(number -> "sensor-" + number)
            .filter(name -> REGIONS.homes().homeOf("contoso/" + name).equals(EAST))
            .iterator();

    @TempDir
    private Path directory;

    private TestKeys keys;
    private WiredService west;

    @BeforeEach
    void start() throws Exception {
        keys = new TestKeys(directory).write();
        west = service("westeurope");
        west.setUp(authority.certificate(), "westeurope");
        west.start();
        west.await(Status.UP);
        west.awaitStoreOf(EAST);
    }

    @AfterEach
    void stop() {
        west.close();
        account.close();
    }

    @Test
    void aDeviceIsWrittenInItsHomeWhicheverRegionItAsks() {
        assertThat(ask(device()).status()).isEqualTo(200);
        assertThat(writesOfDevices(account.east())).isPositive();
        assertThat(writesOfDevices(account.west())).isZero();
        assertThat(west.standIns(EAST)).isEmpty();
    }

    @Test
    void whileItsHomeIsAwayADeviceIsToldToComeBackAndThenWrittenHereAndCompared() throws Exception {
        var device = device();
        account.east().goAway();
        var refused = ask(device);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.problem()).isEqualTo("store-unavailable");
        assertThat(Integer.parseInt(refused.header("retry-after"))).isPositive();
        assertThat(west.readiness().call().getStatus())
                .as("the own store is there")
                .isEqualTo(Status.UP);

        WiredService.await(() -> ask(device).status() == 200);
        assertThat(writesOfDevices(account.west())).isPositive();
        assertThat(away()).isEqualTo(1);
        assertThat(stoodIn()).isEqualTo(1);
        assertThat(west.standIns(EAST)).hasSize(1);

        account.east().comeBack();
        WiredService.await(() -> ask(device).status() == 200 && away() == 0);
        List.of("devices", "region-claims", "inventory").forEach(this::merge);
        try (var east = service("eastus")) {
            assertThat(east.standIns(EAST))
                    .as("the note that somebody stood in")
                    .hasSize(1);
            east.start();
            WiredService.await(() -> east.standIns(EAST).isEmpty());
        }
    }

    @Test
    void aReplicaStartsWhileAnotherRegionIsAway() throws Exception {
        account.east().goAway();
        try (var another = service("westeurope")) {
            another.start();
            another.await(Status.UP);
            account.east().comeBack();
            another.awaitStoreOf(EAST);
        }
    }

    private void merge(String container) {
        var path = container.equals("devices") ? "generation" : "_ts";
        account.merge(account.options(database), container, path, account.west());
    }

    private WiredService service(String region) throws IOException {
        var settings = new HashMap<>(Map.of(
                "berth.region",
                region,
                "berth.regions",
                "westeurope,eastus",
                "berth.region-away-after",
                "PT2S",
                "berth.store",
                "cosmos",
                "berth.store.cosmos.endpoint",
                account.endpoint().toString(),
                "berth.store.cosmos.key",
                LocalAccount.server().key(),
                "berth.store.cosmos.database",
                database,
                "berth.store.cosmos.mode",
                "gateway",
                "berth.store.cosmos.azure-regions.westeurope",
                TwoRegionAccount.WEST,
                "berth.store.cosmos.azure-regions.eastus",
                TwoRegionAccount.EAST));
        settings.put("berth.store.cosmos.break-for", "PT1S");
        return new WiredService(keys, InstantSource.system(), settings);
    }

    private CertifiedKey device() {
        return TestKeys.device(authority, names.next());
    }

    private Answer ask(CertifiedKey device) {
        try (var client = west.client(device)) {
            return client.call("getIdScope", "/v1/id-scope");
        }
    }

    private double away() {
        return west.registry()
                .get("berth.region.away")
                .tag("region", "eastus")
                .gauge()
                .value();
    }

    private double stoodIn() {
        return west.registry()
                .get("berth.region.stand.ins")
                .tag("region", "eastus")
                .counter()
                .count();
    }

    private static long writesOfDevices(FaultProxy region) {
        return region.seen().stream()
                .filter(FaultProxy.Request::isWrite)
                .filter(request -> request.path().contains("/colls/devices/"))
                .count();
    }
}
