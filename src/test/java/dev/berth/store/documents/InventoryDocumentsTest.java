package dev.berth.store.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.identity.KeyThumbprint;
import dev.berth.identity.Possession;
import dev.berth.identity.TenantId;
import dev.berth.identity.TrustAnchor;
import dev.berth.inventory.AllocationPolicy;
import dev.berth.inventory.Catalog;
import dev.berth.inventory.Catalogs;
import dev.berth.inventory.Claim;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.EnrollmentGroup;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.EnrollmentStanding;
import dev.berth.inventory.InventorySnapshot;
import dev.berth.inventory.Limits;
import dev.berth.inventory.Pools;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.ReprovisionPolicy;
import dev.berth.inventory.Tenant;
import dev.berth.inventory.Versioned;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.Pki;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.Key;
import dev.berth.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InventoryDocumentsTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123Z");

    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final Catalogs catalogs = InventoryDocuments.over(store);

    @Test
    void everyKindComesBackAsItWasWritten() {
        var root = new Pki().root("Root", KeyAlgorithm.P_256).certificate();
        var limits = new Limits(7, 8, 9, 1, Duration.ofMillis(5_001));
        var id = new DpsInstanceId(CONTOSO, "eu");

        comesBack(catalogs.tenants(), new Tenant(CONTOSO, "Contoso \"Ltd.\"", "europe"), "contoso");
        comesBack(
                catalogs.dpsInstances(),
                new DpsInstance(id, "0ne1", "a.b", "c.d:8443", "s", "g", "r", limits, 3, DpsInstance.State.DRAINING),
                "eu");
        comesBack(
                catalogs.dpsInstances(),
                new DpsInstance(
                        new DpsInstanceId(CONTOSO, "us"),
                        "0ne2",
                        "a.b",
                        "c.d",
                        null,
                        null,
                        null,
                        new Limits(7, 8, 9, 1, Duration.ofMillis(5_001), 10, 11, 12),
                        3,
                        DpsInstance.State.ACTIVE,
                        "contoso-us",
                        EnrollmentPolicy.MANAGED),
                "us");
        comesBack(catalogs.enrollmentGroups(), new EnrollmentGroup(CONTOSO, "g", "eu", "root", false), "g");
        var settings = new EnrollmentGroup.Settings(
                AllocationPolicy.GEO_LATENCY, List.of("a.b", "c.d"), ReprovisionPolicy.NEVER);
        comesBack(
                catalogs.enrollmentGroups(),
                new EnrollmentGroup(CONTOSO, "m", "us", "root", true, EnrollmentPolicy.MANAGED, settings, true),
                "m");
        comesBack(
                catalogs.enrollmentStandings(),
                new EnrollmentStanding(
                        CONTOSO,
                        "m",
                        "us",
                        KeyThumbprint.of(root),
                        EnrollmentStanding.State.DRIFTED,
                        true,
                        "iotHubs",
                        NOW),
                "m");
        comesBack(catalogs.trustAnchors(), new TrustAnchor(CONTOSO, "a", root, new Possession.Unproven()), "a");
        comesBack(
                catalogs.trustAnchors(), new TrustAnchor(CONTOSO, "b", root, new Possession.Challenged("c", NOW)), "b");
        comesBack(catalogs.trustAnchors(), new TrustAnchor(CONTOSO, "d", root, new Possession.Proven(NOW)), "d");
    }

    @Test
    void documentsFromBeforeThereWerePoliciesAreReadAsDeclared() {
        put(
                "contoso",
                "enrollment-group/g",
                "{\"format\":1,\"kind\":\"enrollment-group\",\"tenantKind\":\"contoso/enrollment-group\",\"dpsInstance\":\"eu\","
                        + "\"trustAnchor\":\"root\",\"enabled\":true}");
        put(
                "contoso",
                "dps-instance/eu",
                "{\"format\":1,\"kind\":\"dps-instance\",\"tenantKind\":\"contoso/dps-instance\",\"idScope\":\"0ne1\","
                        + "\"globalEndpoint\":\"a.b\",\"serviceEndpoint\":\"c.d\",\"weight\":1,\"state\":\"active\",\"limits\":{"
                        + "\"registrationsPerMinute\":1,\"operationsPerMinute\":1,\"registrationsMax\":1,\"headroomPerMinute\":0,"
                        + "\"arrivalSpreadMillis\":1200}}");

        assertThat(catalogs.enrollmentGroups().find(CONTOSO, "g").orElseThrow().value())
                .isEqualTo(new EnrollmentGroup(CONTOSO, "g", "eu", "root", true));
        var instance = catalogs.dpsInstances().find(CONTOSO, "eu").orElseThrow().value();
        assertThat(instance.enrollmentPolicy()).isEqualTo(EnrollmentPolicy.EXTERNAL);
        assertThat(instance.limits().enrollmentGroupsMax()).isEqualTo(100);
    }

    @Test
    void claimsAreWonOnce() {
        var subject = new Claim.Subject(Claim.Kind.ANCHOR_KEY, "ab");

        assertThat(catalogs.claims().insert(new Claim(subject, "contoso/root", NOW)))
                .isInstanceOf(Catalog.Outcome.Written.class);
        assertThat(catalogs.claims().insert(new Claim(subject, "fabrikam/root", NOW)))
                .isInstanceOf(Catalog.Outcome.Conflict.class);
        assertThat(catalogs.claims().find(subject))
                .map(Versioned::value)
                .contains(new Claim(subject, "contoso/root", NOW));
    }

    @Test
    void listsAreOfOneTenantAndOneKindPageByPage() {
        var fabrikam = new TenantId("fabrikam");
        for (int i = 0; i < 25; i++) {
            catalogs.enrollmentGroups().insert(new EnrollmentGroup(CONTOSO, "g-" + (10 + i), "eu", "root", true));
        }
        catalogs.enrollmentGroups().insert(new EnrollmentGroup(fabrikam, "other", "eu", "root", true));
        catalogs.tenants().insert(new Tenant(CONTOSO, "Contoso", null));

        var names = new ArrayList<String>();
        var pages = new ArrayList<Integer>();
        @Nullable String cursor = null;
        do {
            var page = catalogs.enrollmentGroups().list(CONTOSO, 10, cursor);
            page.values().forEach(group -> names.add(group.value().name()));
            pages.add(page.values().size());
            cursor = page.cursor();
        } while (cursor != null);

        assertThat(names).hasSize(25).isSorted().doesNotContain("other");
        assertThat(pages).startsWith(10, 10, 5);
        assertThat(catalogs.enrollmentGroups().listAll(100, null).values()).hasSize(26);
        assertThat(catalogs.tenants().listAll(100, null).values()).hasSize(1);
    }

    @Test
    void oneBrokenDocumentDoesNotStopTheRest() {
        catalogs.tenants().insert(new Tenant(CONTOSO, "Contoso", null));
        put("broken", "tenant/broken", "{\"format\":1,\"kind\":\"tenant\",\"tenantKind\":\"broken/tenant\"}");
        put(
                "newer",
                "tenant/newer",
                "{\"format\":2,\"kind\":\"tenant\",\"tenantKind\":\"newer/tenant\",\"displayName\":\"x\"}");
        var pools = new Pools(catalogs);

        pools.refresh(NOW);

        assertThat(pools.snapshot().tenant(CONTOSO)).isPresent();
        assertThat(catalogs.tenants().listAll(10, null).values()).hasSize(1);
        assertThatThrownBy(() -> catalogs.tenants().find(new TenantId("newer"), "newer"))
                .rootCause()
                .hasMessageContaining("newer Berth");
    }

    @Test
    void aStoreThatCannotServeLeavesTheLastSnapshot() {
        catalogs.tenants().insert(new Tenant(CONTOSO, "Contoso", null));
        var pools = new Pools(catalogs);
        pools.refresh(NOW);
        store.before((operation, collection, key) -> {
            throw new StoreUnavailableException("down", false, Duration.ofSeconds(2), null);
        });

        assertThatThrownBy(() -> pools.refreshIfDue(NOW.plus(Pools.REFRESH_EVERY)))
                .isInstanceOfSatisfying(
                        RepositoryUnavailableException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(2)));
        assertThat(pools.snapshot().tenant(CONTOSO)).isPresent();
        assertThat(pools.refreshedAt()).isEqualTo(NOW);
    }

    @Test
    void theSnapshotIsReadAgainOnlyWhenItIsDue() {
        var pools = new Pools(catalogs);
        assertThat(pools.snapshot()).isSameAs(InventorySnapshot.EMPTY);

        pools.refreshIfDue(NOW);
        var first = pools.snapshot();
        pools.refreshIfDue(NOW.plus(Pools.REFRESH_EVERY).minusMillis(1));
        assertThat(pools.snapshot()).isSameAs(first);
        pools.refreshIfDue(NOW.plus(Pools.REFRESH_EVERY));
        assertThat(pools.snapshot()).isNotSameAs(first);
    }

    private <T> void comesBack(Catalog<T> catalog, T value, String name) {
        assertThat(catalog.insert(value)).isInstanceOf(Catalog.Outcome.Written.class);
        assertThat(catalog.find(CONTOSO, name)).map(Versioned::value).contains(value);
    }

    private void put(String partition, String id, String json) {
        store.insert(new Key(InventoryDocuments.COLLECTION, partition, id), json.getBytes(UTF_8));
    }
}
