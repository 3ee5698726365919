package dev.berth.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.lifecycle.Count;
import dev.berth.lifecycle.Finding;
import dev.berth.lifecycle.GroupCount;
import dev.berth.lifecycle.Reconciliation;
import dev.berth.lifecycle.Settlement;
import dev.berth.lifecycle.Stage;
import dev.berth.lifecycle.Tally;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.documents.ReconciliationDocuments;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What administrators see of counts; every answer is held to the contract on the way. */
@QuarkusTest
@TestProfile(AdminProfile.class)
class ReconciliationApiTest {
    private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
    private static final Tally TALLY =
            new Tally(5, 1, 2, 3, 0, Map.of(Finding.Kind.UNKNOWN, 300L, Finding.Kind.MISSING, 1L));
    private static final Count COUNT = new Count(List.of(new GroupCount("factory", true, 340, true)), 1, TALLY);
    private static final Stage.Settled SETTLED = new Stage.Settled(COUNT, new Settlement(343, 360, 350), NOW);

    private final AdminClient admin = AdminClient.as(TestPki.PLATFORM_ADMIN);

    @Inject
    InMemoryDocumentStore store;

    private DpsInstanceId instance = new DpsInstanceId(new TenantId("contoso"), "eu-1");
    private String path = "";

    @BeforeEach
    void eachTestHasAnInstanceOfItsOwn(TestInfo test) {
        var tenant = "r" + Integer.toHexString(test.getDisplayName().hashCode());
        admin.put("putTenant", "/v1/tenants/" + tenant, "{\"displayName\": \"Contoso\"}");
        var created = admin.put(
                "putDpsInstance",
                "/v1/tenants/" + tenant + "/dps-instances/eu-1",
                "{\"idScope\": \"0ne" + tenant + "\", \"serviceEndpoint\": \"" + tenant
                        + ".azure-devices-provisioning.net\", \"serviceCredentials\": \"contoso\"}");
        assertThat(created.status()).isEqualTo(201);
        instance = new DpsInstanceId(new TenantId(tenant), "eu-1");
        path = "/v1/tenants/" + tenant + "/dps-instances/eu-1/reconciliation";
    }

    @Test
    void aCountCanBeAskedForAndFollowed() {
        assertThat(get().path("status").asText()).isEqualTo("never");

        var accepted = admin.post("runReconciliation", path, null);

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.header("operation-location")).isEqualTo(path);
    }

    @Test
    void aCountNeedsAnInstanceThatCanBeCalled() {
        var tenant = "/v1/tenants/" + instance.tenant();
        admin.put(
                "putDpsInstance",
                tenant + "/dps-instances/external",
                "{\"idScope\": \"0nx" + instance.tenant() + "\", \"serviceEndpoint\": \"x" + instance.tenant()
                        + ".azure-devices-provisioning.net\"}");

        assertThat(admin.post("runReconciliation", tenant + "/dps-instances/external/reconciliation", null)
                        .problem())
                .isEqualTo("conflict");
        assertThat(admin.post("runReconciliation", tenant + "/dps-instances/nowhere/reconciliation", null)
                        .problem())
                .isEqualTo("not-found");
        assertThat(admin.get("getReconciliation", tenant + "/dps-instances/nowhere/reconciliation")
                        .problem())
                .isEqualTo("not-found");
    }

    @Test
    void oneThatIsDoneShowsGroupsCapacityAndWhatDoesNotFit() {
        newest(SETTLED, Instant.EPOCH, null, null);

        var json = get();

        assertThat(json.path("status").asText()).isEqualTo("done");
        assertThat(json.path("registrations").asInt()).isEqualTo(343);
        assertThat(json.at("/groups/0/registrations").asInt()).isEqualTo(340);
        assertThat(json.at("/capacity/difference").asInt()).isEqualTo(-10);
        assertThat(json.at("/capacity/promised").asInt()).isEqualTo(7);
        assertThat(json.at("/changes/confirmed").asInt()).isEqualTo(5);
        assertThat(json.at("/findings/unknown").asInt()).isEqualTo(300);
        assertThat(json.at("/findings/twice").asInt()).isZero();
    }

    @Test
    void oneInProgressShowsHowFarItIsAndWhatTheOneBeforeFound() {
        var counting = new Stage.Counting(new Stage.Baseline(2, 350, NOW), COUNT, "c");
        newest(counting, Instant.now().plusSeconds(60), null, SETTLED.summary());

        var json = get();

        assertThat(json.path("status").asText()).isEqualTo("running");
        assertThat(json.path("stage").asText()).isEqualTo("counting");
        assertThat(json.at("/before/capacity/committedAfter").asInt()).isEqualTo(350);
    }

    @Test
    void oneThatStoppedSaysWhy() {
        newest(
                new Stage.Comparing(new Stage.Baseline(2, 350, NOW), COUNT),
                Instant.now().plusSeconds(60),
                "DPS answered 503",
                null);
        assertThat(get().path("status").asText()).isEqualTo("interrupted");
        assertThat(get().path("detail").asText()).isEqualTo("DPS answered 503");

        newest(new Stage.Beginning(List.of("old")), Instant.EPOCH, null, null);
        assertThat(get().path("status").asText()).isEqualTo("interrupted");

        newest(new Stage.Failed(Count.NONE, "there are too many", NOW), Instant.EPOCH, null, null);
        assertThat(get().path("status").asText()).isEqualTo("failed");
        assertThat(get().path("detail").asText()).isEqualTo("there are too many");
    }

    @Test
    void findingsAreReadPageByPage() {
        var findings = new ReconciliationDocuments(store);
        findings.saveFindings(
                instance,
                Finding.Kind.UNKNOWN,
                IntStream.range(0, 5)
                        .mapToObj(i -> new Finding(Finding.Kind.UNKNOWN, "Device-" + i, null, NOW))
                        .toList());
        findings.saveFindings(
                instance, Finding.Kind.MISSING, List.of(new Finding(Finding.Kind.MISSING, "a", instance, null)));

        var found = new ArrayList<String>();
        var next = path + "/findings?limit=4";
        for (int pages = 0; !next.isEmpty(); pages++) {
            assertThat(pages).isLessThan(2);
            var page = admin.get("listReconciliationFindings", next).json();
            found.addAll(page.path("value").findValuesAsText("registrationId"));
            next = page.path("nextLink").asText();
        }
        assertThat(found).containsExactly("a", "Device-0", "Device-1", "Device-2", "Device-3", "Device-4");
        assertThat(admin.get("listReconciliationFindings", path + "/findings?kind=missing&limit=1")
                        .json()
                        .at("/value/0/assignedTo")
                        .asText())
                .isEqualTo("eu-1");
    }

    @Test
    void aPlaceOrKindThatIsNoneIsTheCallersMistake() {
        for (var query : List.of("cursor=x", "cursor=-1", "kind=lost", "limit=0")) {
            assertThat(admin.get("listReconciliationFindings", path + "/findings?" + query)
                            .problem())
                    .as(query)
                    .isEqualTo("validation");
        }
        assertThat(admin.get("listReconciliationFindings", path + "/findings?cursor=2000000")
                        .json()
                        .path("value")
                        .isEmpty())
                .isTrue();
    }

    private JsonNode get() {
        return admin.get("getReconciliation", path).json();
    }

    private void newest(Stage stage, Instant leaseUntil, @Nullable String interruption, Stage.@Nullable Ended before) {
        var runs = new ReconciliationDocuments(store);
        var version = runs.find(instance).map(found -> found.version()).orElse(null);
        runs.swap(instance, version, new Reconciliation("r", leaseUntil, NOW, 12, stage, interruption, before));
    }
}
