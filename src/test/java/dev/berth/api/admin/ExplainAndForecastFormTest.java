package dev.berth.api.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.contract.Conformance;
import dev.berth.explanation.Explainer;
import dev.berth.forecast.Forecasts;
import dev.berth.identity.RegistrationId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.EnrollmentGroup;
import dev.berth.inventory.Pools;
import dev.berth.inventory.Tenant;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DeviceState;
import dev.berth.region.LostClaim;
import dev.berth.region.RegionClaim;
import dev.berth.region.RegionId;
import dev.berth.scheduling.Choice;
import dev.berth.scheduling.InstanceHealth;
import dev.berth.scheduling.Instances;
import dev.berth.scheduling.Outlook;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.scheduling.Ticket;
import dev.berth.scheduling.VirtualClock;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.documents.InventoryDocuments;
import dev.berth.store.documents.LedgerDocuments;
import dev.berth.store.documents.QueueDocuments;
import dev.berth.store.documents.RegistrationHistoryDocuments;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Explanations and forecasts look as the contract says, whatever they are of. */
class ExplainAndForecastFormTest {
    private static final Conformance CONFORMANCE = new Conformance();
    private static final Choice CHOICE = new Choice(
            VirtualClock.START,
            Choice.Rule.EARLIEST,
            3,
            1,
            List.of(new Choice.Contender("eu-1", 10, 1_000, 2, Duration.ofMillis(100))));
    private static final DpsInstance INSTANCE = Instances.named("eu-1", Instances.perMinute(60));
    private static final DpsInstanceId GONE = new DpsInstanceId(Instances.TENANT, "gone");
    private static final Assignment ASSIGNMENT = new Assignment(INSTANCE.id(), 1, VirtualClock.START, 0, CHOICE);

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final Pools pools = new Pools(InventoryDocuments.over(store));
    private final Outlook outlook = new Outlook(
            new LedgerDocuments(store),
            new QueueDocuments(store),
            new InstanceHealth(),
            SchedulingSettings.DEFAULT,
            clock);
    private final Explainer explainer = new Explainer(pools, outlook, SchedulingSettings.DEFAULT, clock);
    private final Forecasts forecasts = new Forecasts(pools, outlook, new RegistrationHistoryDocuments(store), clock);

    @BeforeEach
    void thereIsAPool() {
        var catalogs = InventoryDocuments.over(store);
        catalogs.tenants().insert(new Tenant(Instances.TENANT, "Contoso", null));
        catalogs.dpsInstances().insert(INSTANCE);
        catalogs.dpsInstances().insert(Instances.named("eu-2", Instances.perMinute(60)));
        catalogs.enrollmentGroups().insert(new EnrollmentGroup(Instances.TENANT, "g", "eu-1", "factory", true));
        pools.refresh(clock.instant());
    }

    static Stream<DeviceState> everyState() {
        var pool = QueueKey.ofPool(Instances.TENANT, Instances.TENANT, "factory", null);
        return Stream.of(
                new DeviceState.Waiting(new Ticket(pool, 7)),
                new DeviceState.Told(ASSIGNMENT),
                new DeviceState.Registered(ASSIGNMENT, "hub.example", "device"),
                new DeviceState.Registered(ASSIGNMENT, null, "device"),
                new DeviceState.Failed(ASSIGNMENT, 401002, "no"),
                new DeviceState.Failed(new Assignment(GONE, 1, VirtualClock.START), null, null),
                new DeviceState.Requeued(ASSIGNMENT, new Ticket(QueueKey.ofInstance(INSTANCE.id()), 3)));
    }

    @ParameterizedTest
    @MethodSource("everyState")
    void anExplanationKeepsToTheContract(DeviceState state) {
        var at = clock.instant();
        var id = new RegistrationId("device");
        var device = new Device(Instances.TENANT, Instances.TENANT, id, "device", "factory", "aa", state, at, at, at);

        check("explainDevice", ExplanationForm.write(explainer.explain(device)));
    }

    @Test
    void anExplanationOfWhatRegionsDisputedKeepsToTheContract() {
        var at = clock.instant();
        var id = new RegistrationId("device");
        var state = new DeviceState.Told(ASSIGNMENT);
        var device = new Device(Instances.TENANT, Instances.TENANT, id, "device", "factory", "aa", state, at, at, at);
        var claim = new RegionClaim(
                new RegionClaim.Subject(Instances.TENANT, id, 1),
                new RegionId("westeurope"),
                new RegionId("eastus"),
                GONE,
                at,
                0,
                at);
        var lost = new LostClaim(claim, INSTANCE.id(), 2, at);
        var disputed = new Explainer(pools, outlook, (_, _) -> List.of(lost), SchedulingSettings.DEFAULT, clock);

        var json = ExplanationForm.write(disputed.explain(device));

        assertThat(json.path("disputes").path(0).path("dpsInstance").asText()).isEqualTo("gone");
        assertThat(json.path("disputes").path(0).path("holds").asText()).isEqualTo("eu-1");
        check("explainDevice", json);
    }

    @Test
    void aForecastKeepsToTheContract() {
        check("getDpsInstanceForecast", ForecastForm.write(forecasts.of(INSTANCE, 10)));
        for (var pool : forecasts.of(Instances.TENANT, List.of("factory", "unknown"), 10)) {
            var list = ForecastForm.write(pool).objectNode();
            list.putArray("value").add(ForecastForm.write(pool));
            check("listPoolForecasts", list);
        }
    }

    private static void check(String operation, ObjectNode json) {
        CONFORMANCE.check(
                CONFORMANCE.operation(operation),
                200,
                Map.of("content-type", List.of("application/json"), "x-request-id", List.of("r")),
                json.toString().getBytes(UTF_8));
    }
}
