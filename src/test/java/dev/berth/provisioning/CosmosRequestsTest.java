package dev.berth.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.identity.DeviceIdentity;
import dev.berth.inventory.DpsInstance;
import dev.berth.provisioning.IdScopeAnswer.Connect;
import dev.berth.provisioning.IdScopeAnswer.Queued;
import dev.berth.provisioning.IdScopeAnswer.Register;
import dev.berth.scheduling.Instances;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.scheduling.VirtualClock;
import dev.berth.store.StoreListener;
import dev.berth.store.cosmos.CosmosCredential;
import dev.berth.store.cosmos.CosmosLimits;
import dev.berth.store.cosmos.CosmosStore;
import dev.berth.store.cosmos.CosmosStoreOptions;
import dev.berth.store.cosmos.FaultProxy;
import dev.berth.store.cosmos.FaultProxy.Request;
import dev.berth.store.cosmos.FaultProxy.Trouble;
import dev.berth.store.cosmos.LocalAccount;
import dev.berth.store.cosmos.NeedsLocalCosmos;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many requests the account gets for what a device does: the numbers of docs/cosmos-costs.md, counted on the wire. */
@NeedsLocalCosmos
class CosmosRequestsTest {
    private static final SchedulingSettings SETTINGS = SchedulingSettings.DEFAULT;
    private static final String PAGE = page();
    private static final DeviceIdentity DEVICE = Replica.identity(0);
    private static final RegistrationReport HUB = new RegistrationReport.Assigned("hub-1.example", null);
    private static final Duration A_SLOT = Duration.ofNanos(61_200_000_000L / 999);

    private final VirtualClock clock = new VirtualClock();
    private final Map<String, Integer> requests = new ConcurrentSkipListMap<>();
    private final DoubleAdder charged = new DoubleAdder();
    private final FaultProxy proxy = FaultProxy.before(LocalAccount.server().endpoint());
    private final CosmosStore store = open();

    @AfterEach
    void close() {
        store.close();
        proxy.close();
    }

    @Test
    void aFirstBootReadsOnceAndWritesOnceAndALeaseServesMany() {
        Replica berth = berth(1_000);
        boot(berth, 0, 64); // its demand is known from then on
        forget();
        boot(berth, 64, 320);
        assertThat(requests.get("GET devices")).isEqualTo(256);
        assertThat(requests.get("POST devices")).isEqualTo(256);
        assertThat(requests.get("PUT ledgers")).as("%s", requests).isBetween(256 / 16, 256 / 8 + 1);
        assertThat(requests.getOrDefault("GET ledgers", 0)).isLessThanOrEqualTo(requests.get("PUT ledgers"));
        assertThat(requests.remove("query queues"))
                .as("who waits, once a second")
                .isLessThanOrEqualTo(17);
        assertThat(requests).containsOnlyKeys("GET devices", "POST devices", "GET ledgers", "PUT ledgers");
    }

    @Test
    void aFirstBootThatFindsASlotInTheBlockTakesTwoRequests() {
        Replica berth = berth(1_000);
        boot(berth, 0, 64);
        int two = 0;
        for (int device = 64; device < 164; device++) {
            forget();
            boot(berth, device, device + 1);
            two += isOnThePage("a device asks for the first time, and the block has a slot") ? 1 : 0;
        }
        assertThat(two).as("of 100; the others lease, or look who waits").isGreaterThanOrEqualTo(75);
    }

    @Test
    void theMetricCountsEachRequest() {
        Replica berth = berth(1_000);
        forget();
        charged.reset();
        boot(berth, 0, 20);
        assertThat(charged.sum())
                .as("the local server charges 1 for each")
                .isEqualTo(
                        requests.values().stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void aKnownDeviceIsReadOnce() {
        Replica berth = berth(1_000);
        ask(berth, DEVICE);
        forget();
        assertThat(ask(berth, DEVICE)).isInstanceOf(Register.class);
        expectThePage("a known device asks, within its window or registered");
        berth.service.report(DEVICE, HUB);
        forget();
        assertThat(ask(berth, DEVICE)).isInstanceOf(Connect.class);
        expectThePage("a known device asks, within its window or registered");
    }

    @Test
    void aReportIsReadAndReplaced() {
        Replica berth = berth(1_000);
        ask(berth, DEVICE);
        forget();
        berth.service.report(DEVICE, HUB);
        expectThePage("a device reports its hub");
        forget();
        berth.service.report(DEVICE, HUB);
        expectThePage("a device reports what is known");
    }

    @Test
    void aFreshSlotIsReadAndReplaced() {
        Replica berth = berth(1_000);
        boot(berth, 0, 64);
        forget();
        ask(berth, DEVICE);
        assertThat(requests.get("GET devices")).isEqualTo(1);
        assertThat(requests.get("PUT devices")).isEqualTo(1);
        assertThat(requests.getOrDefault("PUT ledgers", 0)).isLessThanOrEqualTo(1);
    }

    @Test
    void aDeviceThatIsQueuedIsReadAndWrittenAndATicketLeaseServesMany() {
        Replica berth = berth(2);
        int device = 0;
        while (!(ask(berth, Replica.identity(device)) instanceof Queued)) {
            device++;
        }
        forget();
        for (int queued = 0; queued < 100; queued++) {
            assertThat(ask(berth, Replica.identity(++device))).isInstanceOf(Queued.class);
        }
        assertThat(requests.get("GET devices")).isEqualTo(100);
        assertThat(requests.get("POST devices")).isEqualTo(100);
        assertThat(requests.getOrDefault("PUT queues", 0)).as("%s", requests).isLessThanOrEqualTo(10);
    }

    @Test
    void aPageOfDevicesIsOneQuery() {
        Replica berth = berth(1_000);
        boot(berth, 0, 30);
        forget();
        assertThat(berth.devices.byOwner(Instances.TENANT, 20, null).devices()).hasSize(20);
        assertThat(requests).containsOnlyKeys("query devices");
        assertThat(requests.get("query devices"))
                .as("the client may read ahead")
                .isBetween(1, 2);
    }

    private void expectThePage(String what) {
        assertThat(isOnThePage(what))
                .as("docs/cosmos-costs.md: %s: %s", what, requests)
                .isTrue();
    }

    /** Whether the page says of {@code what} what was counted. */
    private boolean isOnThePage(String what) {
        String counted = requests.entrySet().stream()
                .map(request -> request.getValue() + " `" + request.getKey() + "`")
                .collect(Collectors.joining(", "));
        return PAGE.contains("\n| " + what + " | " + counted + " |\n");
    }

    /** One after the other, as fast as slots come. */
    private void boot(Replica berth, int from, int to) {
        for (int device = from; device < to; device++) {
            assertThat(ask(berth, Replica.identity(device))).isInstanceOf(Register.class);
            clock.advance(A_SLOT);
        }
    }

    private static IdScopeAnswer ask(Replica berth, DeviceIdentity device) {
        return berth.service.idScope(device, false);
    }

    private void forget() {
        requests.clear();
    }

    private Replica berth(int limitPerMinute) {
        DpsInstance instance = Instances.named("dps-1", Instances.perMinute(limitPerMinute));
        return new Replica(store, clock, SETTINGS, List.of(instance));
    }

    private static String page() {
        try {
            return Files.readString(Path.of("docs/cosmos-costs.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CosmosStore open() {
        proxy.trouble(this::count);
        var options = new CosmosStoreOptions(
                proxy.endpoint(),
                new CosmosCredential.Key(LocalAccount.server().key()),
                "requests-" + UUID.randomUUID(),
                CosmosStoreOptions.Mode.GATEWAY,
                List.of(),
                true,
                0,
                CosmosLimits.DEFAULT);
        StoreListener listener = new StoreListener() {
            @Override
            public void charged(Operation operation, double requestUnits) {
                charged.add(requestUnits);
            }
        };
        return CosmosStore.open(options, listener, new Random());
    }

    private Trouble count(Request request) {
        String container = request.path().replaceFirst(".*/colls/([^/]+)/.*", "$1");
        requests.merge((request.query() ? "query" : request.method()) + " " + container, 1, Integer::sum);
        return new Trouble.None();
    }
}
