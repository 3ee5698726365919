package dev.berth.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.forecast.Granted;
import dev.berth.forecast.RegistrationHistory;
import dev.berth.identity.Possession;
import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.identity.TrustAnchor;
import dev.berth.inventory.Catalogs;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Pools;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.Pki;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DeviceState;
import dev.berth.provisioning.Devices;
import dev.berth.scheduling.Choice;
import dev.berth.scheduling.Ledger;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.QueueState;
import dev.berth.scheduling.Ticket;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.documents.LedgerDocuments;
import dev.berth.store.documents.QueueDocuments;
import dev.berth.store.documents.RegistrationHistoryDocuments;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Why a device is where it is, and what will become of instances and pools; every answer is held to the contract on the way. */
@QuarkusTest
@TestProfile(AdminProfile.class)
class ExplainAndForecastApiTest {
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private final AdminClient admin = AdminClient.as(TestPki.PLATFORM_ADMIN);

    @Inject
    InMemoryDocumentStore store;

    @Inject
    Devices devices;

    @Inject
    Catalogs catalogs;

    @Inject
    Pools pools;

    private TenantId tenant = new TenantId("contoso");
    private String path = "";

    @BeforeEach
    void eachTestHasATenantWithAPoolOfTwo(TestInfo test) {
        tenant = new TenantId("x" + Integer.toHexString(test.getDisplayName().hashCode()));
        path = "/v1/tenants/" + tenant;
        admin.put("putTenant", path, "{\"displayName\": \"Contoso\", \"geography\": \"europe\"}");
        anchor("factory");
        instance("eu-1", "europe");
        instance("eu-2", "europe");
        instance("us-1", "us");
        for (var name : List.of("eu-1", "eu-2")) {
            var group = "{\"dpsInstance\": \"%s\", \"trustAnchor\": \"factory\"}".formatted(name);
            assertThat(admin.put("putEnrollmentGroup", path + "/enrollment-groups/" + name, group)
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void aDeviceThatWasToldIsExplained() {
        var choice = new Choice(
                now,
                Choice.Rule.EMPTIEST,
                2,
                2,
                List.of(
                        new Choice.Contender("eu-1", 10, 1_000, 1, Duration.ofMillis(100)),
                        new Choice.Contender("eu-2", 20, 1_000, 1, Duration.ZERO)));
        device("told", new DeviceState.Told(new Assignment(id("eu-1"), 1, now.plusSeconds(300), 0, choice)));

        var json = explain("told");

        assertThat(json.path("nextAnswer").asText()).isEqualTo("same-slot");
        assertThat(json.at("/assignment/choice/contenders/1/chosen").asBoolean(true))
                .isFalse();
        assertThat(json.at("/reasons/0").asText()).contains("assigned to eu-1");
        assertThat(json.at("/pool/size").asInt()).isEqualTo(2);
        assertThat(json.at("/pool/dpsInstances/2/barriers").valueStream().map(JsonNode::asText))
                .containsExactly("no-enrollment-group", "other-geography");
        assertThat(json.at("/pool/dpsInstances/0/enrollment").asText()).isEqualTo("declared");
        assertThat(json.at("/pool/dpsInstances/2/enrollment").asText()).isEqualTo("none");
    }

    @Test
    void aDeviceThatWaitsIsExplained() {
        var queue = QueueKey.ofPool(tenant, tenant, "factory", "europe");
        new QueueDocuments(store).swap(queue, null, new QueueState(20, 5, now));
        device("waiting", new DeviceState.Waiting(new Ticket(queue, 15)));

        var json = explain("waiting");

        assertThat(json.path("nextAnswer").asText()).isEqualTo("queued");
        assertThat(json.at("/queue/ahead").asInt()).isEqualTo(10);
        assertThat(json.at("/queue/admittedAfterSeconds").asDouble()).isPositive();
        assertThat(json.has("assignment")).isFalse();
    }

    @Test
    void everyOtherStateIsExplained() {
        var gone = new Assignment(id("gone"), 2, now);
        device("failed", new DeviceState.Failed(gone, 401002, "no"));
        device("registered", new DeviceState.Registered(new Assignment(id("eu-2"), 1, now), "hub.example", "d"));
        device(
                "requeued",
                new DeviceState.Requeued(
                        new Assignment(id("eu-2"), 1, now), new Ticket(QueueKey.ofInstance(id("eu-2")), 3)));

        assertThat(explain("failed").at("/assignment/dpsInstanceState").asText())
                .isEqualTo("gone");
        assertThat(explain("registered").path("nextAnswer").asText()).isEqualTo("connect");
        assertThat(explain("requeued").at("/queue/name").asText())
                .isEqualTo(QueueKey.ofInstance(id("eu-2")).name());
    }

    @Test
    void aDeviceThatNobodyKnowsIsNotFound() {
        assertThat(admin.get("explainDevice", path + "/devices/nobody/explain").problem())
                .isEqualTo("not-found");
        assertThat(admin.get("explainDevice", "/v1/tenants/nobody/devices/nobody/explain")
                        .problem())
                .isEqualTo("not-found");
    }

    @Test
    void aDeviceOfAnotherTenantIsNotShown() {
        device("told", new DeviceState.Told(new Assignment(id("eu-1"), 1, now)));
        var stranger = AdminClient.as(TestPki.in("other", Role.ADMIN));

        assertThat(stranger.get("explainDevice", path + "/devices/told/explain").problem())
                .isEqualTo("forbidden");
        assertThat(stranger.get("explainDevice", "/v1/tenants/other/devices/told/explain")
                        .problem())
                .isEqualTo("not-found");
    }

    @Test
    void anInstanceIsForecast() {
        use("eu-1", 250, 120);

        var json = admin.get("getDpsInstanceForecast", path + "/dps-instances/eu-1/forecast?devices=2000")
                .json();

        assertThat(json.at("/registrations/remaining").asLong()).isEqualTo(750);
        assertThat(json.at("/rates/0/registrations").asLong()).isEqualTo(120);
        assertThat(json.at("/rates/0/runsOutAt").asText()).isNotEmpty();
        assertThat(json.at("/owners/0/tenant").asText()).isEqualTo(tenant.value());
        assertThat(json.at("/intake/devices").asLong()).isEqualTo(2_000);
        assertThat(json.at("/intake/placed").asLong()).isEqualTo(750);
    }

    @Test
    void anInstanceThatNobodyUsedIsForecastToo() {
        var json = admin.get("getDpsInstanceForecast", path + "/dps-instances/eu-1/forecast")
                .json();

        assertThat(json.at("/intake/devices").asLong()).isEqualTo(1_000);
        assertThat(json.at("/rates/0").has("runsOutAt")).isFalse();
    }

    @Test
    void poolsAreForecastPageByPage() {
        anchor("workshop");
        use("eu-1", 250, 120);
        use("eu-2", 100, 30);

        var page = admin.get("listPoolForecasts", path + "/pool-forecasts?devices=10&limit=1")
                .json();
        var next = page.path("nextLink").asText();

        assertThat(page.at("/value/0/trustAnchor").asText()).isEqualTo("factory");
        assertThat(page.at("/value/0/registrations/used").asLong()).isEqualTo(350);
        assertThat(page.at("/value/0/owners/0/lastHour").asLong()).isEqualTo(150);
        assertThat(page.at("/value/0/intake/placed").asLong()).isEqualTo(10);
        assertThat(next).contains("devices=10");
        var second = admin.get("listPoolForecasts", next).json();
        assertThat(second.at("/value/0/trustAnchor").asText()).isEqualTo("workshop");
        assertThat(second.at("/value/0/emptyReason").asText()).contains("workshop");
    }

    @Test
    void whatCannotBeForecastIsRefused() {
        assertThat(admin.get("getDpsInstanceForecast", path + "/dps-instances/eu-9/forecast")
                        .problem())
                .isEqualTo("not-found");
        assertThat(admin.get("listPoolForecasts", "/v1/tenants/nobody/pool-forecasts")
                        .problem())
                .isEqualTo("not-found");
        for (var devices : List.of("0", "-1", "10000001", "many", "1.5", "")) {
            assertThat(admin.get("listPoolForecasts", path + "/pool-forecasts?devices=" + devices)
                            .problem())
                    .as(devices)
                    .isEqualTo("validation");
        }
    }

    private JsonNode explain(String device) {
        var answer = admin.get("explainDevice", path + "/devices/" + device + "/explain");
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private void device(String name, DeviceState state) {
        devices.insert(
                new Device(tenant, tenant, new RegistrationId(name), name, "factory", "aa", state, now, now, now));
    }

    private void anchor(String name) {
        var certificate = new Pki().root(tenant + name, KeyAlgorithm.P_256).certificate();
        catalogs.trustAnchors()
                .insert(TrustAnchor.unproven(tenant, name, certificate).with(new Possession.Proven(now)));
        pools.refresh(now);
    }

    private void instance(String name, String geography) {
        var body = """
                {"idScope": "0n%s%s", "serviceEndpoint": "%s%s.azure-devices-provisioning.net", "geography": "%s",
                 "limits": {"registrationsMax": 1000}}""".formatted(name.replace("-", ""), tenant, tenant, name.replace("-", ""), geography);
        assertThat(admin.put("putDpsInstance", path + "/dps-instances/" + name, body)
                        .status())
                .isEqualTo(201);
    }

    private void use(String instance, long committed, long lastHour) {
        new LedgerDocuments(store).swap(id(instance), null, new Ledger(now, committed));
        var hours = new TreeMap<>(Map.of(Granted.hourOf(Instant.now()), lastHour));
        new RegistrationHistoryDocuments(store)
                .swap(
                        id(instance),
                        null,
                        new RegistrationHistory(
                                now.minusSeconds(600), Map.of(tenant.value(), new Granted(lastHour, hours))));
    }

    private DpsInstanceId id(String name) {
        return new DpsInstanceId(tenant, name);
    }
}
