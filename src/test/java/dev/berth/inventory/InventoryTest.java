package dev.berth.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.identity.Possession;
import dev.berth.identity.TenantId;
import dev.berth.identity.TrustAnchor;
import dev.berth.inventory.Inventory.CodeRequest;
import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.Pki;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.documents.InventoryDocuments;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final TenantId FABRIKAM = new TenantId("fabrikam");
    private static final CertifiedKey ROOT = new Pki().root("Contoso Root CA", KeyAlgorithm.P_256);

    private Instant now = Instant.now();
    private final InstantSource clock = () -> now;
    private final Pki pki = new Pki(new SecureRandom(), clock);
    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final Catalogs catalogs = InventoryDocuments.over(store);
    private final Pools pools = new Pools(catalogs);
    private final Set<DpsInstanceId> withDevices = new HashSet<>();
    private final Inventory inventory = new Inventory(
            catalogs,
            pools,
            new InstancePolicy(EndpointPolicy.AZURE, Duration.ofMillis(1_200)),
            withDevices::contains,
            clock,
            new SecureRandom());

    @BeforeEach
    void twoTenants() {
        create(new Tenant(CONTOSO, "Contoso, Ltd.", null));
        create(new Tenant(FABRIKAM, "Fabrikam", null));
    }

    @Nested
    class EveryResource {
        @Test
        void isCreatedOnce() {
            assertThat(inventory.tenants().create(new Tenant(CONTOSO, "again", null)))
                    .isEqualTo(new Change.Exists<>());
        }

        @Test
        void isReplacedInTheVersionThatWasRead() {
            var first = inventory.tenants().find(CONTOSO, "contoso").orElseThrow();

            var second = inventory.tenants().replace(new Tenant(CONTOSO, "second", null), first.version());

            assertThat(second).isInstanceOf(Change.Done.class);
            assertThat(inventory.tenants().replace(new Tenant(CONTOSO, "third", null), first.version()))
                    .isEqualTo(new Change.Stale<>());
            assertThat(inventory.tenants().delete(CONTOSO, "contoso", first.version()))
                    .isEqualTo(new Change.Stale<>());
        }

        @Test
        void isMissedWhenItIsNotThere() {
            assertThat(inventory.tenants().replace(new Tenant(new TenantId("nobody"), "x", null), "1"))
                    .isInstanceOf(Change.Missing.class);
            assertThat(inventory.dpsInstances().delete(CONTOSO, "eu", null)).isInstanceOf(Change.Missing.class);
        }

        @Test
        void needsItsTenant() {
            var nobody = new TenantId("nobody");

            assertThat(inventory.dpsInstances().create(instance(nobody, "eu", "0ne1")))
                    .isInstanceOf(Change.Missing.class);
            assertThat(inventory.trustAnchors().create(TrustAnchor.unproven(nobody, "root", ROOT.certificate())))
                    .isInstanceOf(Change.Missing.class);
            assertThat(inventory.enrollmentGroups().create(new EnrollmentGroup(nobody, "g", "eu", "root", true)))
                    .isInstanceOf(Change.Missing.class);
        }

        @Test
        void isSeenInTheSnapshotAtOnce() {
            create(instance(CONTOSO, "eu", "0ne1"));

            assertThat(pools.snapshot().dpsInstances(CONTOSO)).hasSize(1);
        }
    }

    @Nested
    class ATenant {
        @Test
        void isDeletedOnlyWhenItIsEmpty() {
            create(instance(CONTOSO, "eu", "0ne1"));

            assertThat(inventory.tenants().delete(CONTOSO, "contoso", null)).isInstanceOf(Change.Refused.class);
            inventory.dpsInstances().delete(CONTOSO, "eu", null);
            assertThat(inventory.tenants().delete(CONTOSO, "contoso", null)).isInstanceOf(Change.Done.class);
        }
    }

    @Nested
    class ADpsInstance {
        @Test
        void hasItsIdScopeAlone() {
            create(instance(CONTOSO, "eu", "0ne1"));

            assertThat(inventory.dpsInstances().create(instance(FABRIKAM, "eu", "0NE1")))
                    .isInstanceOf(Change.Refused.class);
            assertThat(inventory.dpsInstances().create(instance(CONTOSO, "us", "0ne1")))
                    .isInstanceOf(Change.Refused.class);
        }

        @Test
        void keepsItsIdScopeForGood() {
            var created = create(instance(CONTOSO, "eu", "0ne1"));

            assertThat(inventory.dpsInstances().replace(instance(CONTOSO, "eu", "0ne2"), created.version()))
                    .isInstanceOf(Change.Refused.class);
            assertThat(inventory.dpsInstances().replace(instance(CONTOSO, "eu", "0ne1"), created.version()))
                    .isInstanceOf(Change.Done.class);
        }

        @Test
        void leavesItsIdScopeToOthersWhenItIsDeleted() {
            create(instance(CONTOSO, "eu", "0ne1"));
            inventory.dpsInstances().delete(CONTOSO, "eu", null);

            create(instance(FABRIKAM, "eu", "0ne1"));
        }

        @Test
        void losesAClaimThatACrashLeftBehindAfterAWhile() {
            catalogs.claims().insert(new Claim(new Claim.Subject(Claim.Kind.ID_SCOPE, "0ne1"), "fabrikam/eu", now));

            assertThat(inventory.dpsInstances().create(instance(CONTOSO, "eu", "0ne1")))
                    .isInstanceOf(Change.Refused.class);
            now = now.plus(ClaimDesk.LAPSES_AFTER);
            create(instance(CONTOSO, "eu", "0ne1"));
        }

        @Test
        void staysWhileDevicesAreAssignedOrAGroupNamesIt() {
            var eu = create(instance(CONTOSO, "eu", "0ne1")).value();
            withDevices.add(eu.id());
            assertThat(inventory.dpsInstances().delete(CONTOSO, "eu", null)).isInstanceOf(Change.Refused.class);

            withDevices.clear();
            proven(CONTOSO, "root", ROOT);
            create(new EnrollmentGroup(CONTOSO, "g", "eu", "root", true));
            assertThat(inventory.dpsInstances().delete(CONTOSO, "eu", null)).isInstanceOf(Change.Refused.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "evil.example",
                    "azure-devices-provisioning.net.evil.example",
                    "localhost:8443",
                    "127.0.0.1",
                    "xazure-devices-provisioning.net"
                })
        void callsNoHostOfItsTenantsChoice(String host) {
            var eu = new DpsInstance(
                    new DpsInstanceId(CONTOSO, "eu"),
                    "0ne1",
                    host,
                    "eu.azure-devices-provisioning.net",
                    null,
                    null,
                    null,
                    Limits.DPS,
                    1,
                    DpsInstance.State.ACTIVE);

            assertThat(inventory.dpsInstances().create(eu))
                    .isInstanceOfSatisfying(
                            Change.Invalid.class,
                            invalid ->
                                    assertThat(invalid.violations().toString()).contains("/globalEndpoint"));
        }

        @Test
        void allowsForAsMuchArrivalSpreadAsDevicesMayHave() {
            var eu = new DpsInstance(
                    new DpsInstanceId(CONTOSO, "eu"),
                    "0ne1",
                    "global.azure-devices-provisioning.net",
                    "eu.azure-devices-provisioning.net",
                    null,
                    null,
                    null,
                    new Limits(1_000, 1_000, 1_000_000, 0, Duration.ofMillis(1_199)),
                    1,
                    DpsInstance.State.ACTIVE);

            assertThat(inventory.dpsInstances().create(eu))
                    .isInstanceOfSatisfying(
                            Change.Invalid.class,
                            invalid -> assertThat(invalid.violations().toString())
                                    .contains("/limits/arrivalSpreadMillis"));
        }

        @Test
        void mayBeOnLoopbackInTheSandbox() {
            var eu = new DpsInstance(
                    new DpsInstanceId(CONTOSO, "eu"),
                    "0ne1",
                    "localhost:8443",
                    "127.0.0.1:8443",
                    null,
                    null,
                    null,
                    Limits.DPS,
                    1,
                    DpsInstance.State.ACTIVE);

            assertThat(EndpointPolicy.AZURE.withLoopback().violations(eu)).isEmpty();
            assertThat(EndpointPolicy.AZURE.violations(eu)).hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"10.0.0.1", "host:0", "host:65536", "a b", "http://x", "x/y", "[::1]", "0x7f.1", "-a.b", ""})
        void hasNoEndpointThatIsNoHostName(String endpoint) {
            assertThat(Endpoint.parse(endpoint)).isEmpty();
        }

        @Test
        void namesEveryMemberThatIsOutOfRange() {
            assertThatThrownBy(() -> new Limits(0, 1_000_001, 0, 0, Duration.ofMinutes(2)))
                    .isInstanceOfSatisfying(
                            InvalidValueException.class,
                            e -> assertThat(e.violations())
                                    .extracting(Violation::pointer)
                                    .contains(
                                            "/limits/registrationsPerMinute",
                                            "/limits/operationsPerMinute",
                                            "/limits/registrationsMax",
                                            "/limits/arrivalSpreadMillis"));
        }

        @Test
        void hasNoHubsThatTakeNobody() {
            assertThatThrownBy(() -> new Limits(1_000, 1_000, 1_000, 0, Duration.ofMillis(1_200), 100, 25, 0))
                    .isInstanceOfSatisfying(
                            InvalidValueException.class,
                            e -> assertThat(e.violations())
                                    .extracting(Violation::pointer)
                                    .containsExactly("/limits/hubRegistrationsPerMinute"));
        }
    }

    @Nested
    class ATrustAnchor {
        @Test
        void vouchesForNobodyUntilItsKeyIsProven() {
            create(TrustAnchor.unproven(CONTOSO, "root", ROOT.certificate()));
            assertThat(pools.snapshot().trustAnchors().all()).isEmpty();

            prove(CONTOSO, "root", ROOT);
            assertThat(pools.snapshot().trustAnchors().all()).hasSize(1);
        }

        @Test
        void isNotProvenByTheWordOfWhoCreatesIt() {
            var claimsToBe =
                    TrustAnchor.unproven(CONTOSO, "root", ROOT.certificate()).with(new Possession.Proven(now));

            assertThat(create(claimsToBe).value().proven()).isFalse();
        }

        @Test
        void belongsToOneTenantOnly() {
            create(TrustAnchor.unproven(FABRIKAM, "root", ROOT.certificate()));
            proven(CONTOSO, "root", ROOT);

            assertThat(prove(FABRIKAM, "root", ROOT)).isInstanceOf(Change.Refused.class);
            assertThat(inventory.trustAnchors().create(TrustAnchor.unproven(FABRIKAM, "again", ROOT.certificate())))
                    .isInstanceOf(Change.Refused.class);
        }

        @Test
        void isNotKeptFromItsOwnerByOneWhoOnlyShowsIt() {
            create(TrustAnchor.unproven(FABRIKAM, "root", ROOT.certificate()));

            proven(CONTOSO, "root", ROOT);
        }

        @Test
        void goesToOneOfTwoThatProveItAtOnce() throws Exception {
            for (int round = 0; round < 20; round++) {
                var root = pki.root("Shared Root", KeyAlgorithm.P_256);
                String name = "race-" + round;
                create(TrustAnchor.unproven(CONTOSO, name, root.certificate()));
                create(TrustAnchor.unproven(FABRIKAM, name, root.certificate()));
                var contoso = pki.proof(root, code(CONTOSO, name));
                var fabrikam = pki.proof(root, code(FABRIKAM, name));
                var outcomes = atOnce(
                        () -> inventory.verify(CONTOSO, name, contoso),
                        () -> inventory.verify(FABRIKAM, name, fabrikam));

                assertThat(outcomes).hasAtLeastOneElementOfType(Change.Done.class);
                assertThat(outcomes).hasAtLeastOneElementOfType(Change.Refused.class);
            }
        }

        @Test
        void isRefusedBelowAnotherTenantsAnchor() {
            proven(CONTOSO, "root", ROOT);
            var line = pki.intermediate(ROOT, "Line 3", KeyAlgorithm.P_256);

            assertThat(inventory.trustAnchors().create(TrustAnchor.unproven(FABRIKAM, "line", line.certificate())))
                    .isInstanceOfSatisfying(
                            Change.Refused.class,
                            refused -> assertThat(refused.detail()).contains("consented"));
            proven(CONTOSO, "line", line);
        }

        @Test
        void keepsItsProofWhenItsCertificateIsRenewed() {
            var proven = proven(CONTOSO, "root", ROOT);
            var renewed = pki.sign(
                    ROOT, pki.authority("Contoso Root CA"), ROOT.certificate().getPublicKey());

            var change =
                    inventory.trustAnchors().replace(TrustAnchor.unproven(CONTOSO, "root", renewed), proven.version());

            assertThat(done(change).value().proven()).isTrue();
            assertThat(done(change).value().certificate()).isEqualTo(renewed);
        }

        @Test
        void losesItsProofAndItsClaimWithItsKey() {
            var proven = proven(CONTOSO, "root", ROOT);
            var other = pki.root("Other", KeyAlgorithm.P_256).certificate();

            var change =
                    inventory.trustAnchors().replace(TrustAnchor.unproven(CONTOSO, "root", other), proven.version());

            assertThat(done(change).value().proven()).isFalse();
            proven(FABRIKAM, "root", ROOT);
        }

        @Test
        void staysWhileAGroupUsesIt() {
            proven(CONTOSO, "root", ROOT);
            create(instance(CONTOSO, "eu", "0ne1"));
            create(new EnrollmentGroup(CONTOSO, "g", "eu", "root", true));

            assertThat(inventory.trustAnchors().delete(CONTOSO, "root", null)).isInstanceOf(Change.Refused.class);
            inventory.enrollmentGroups().delete(CONTOSO, "g", null);
            assertThat(inventory.trustAnchors().delete(CONTOSO, "root", null)).isInstanceOf(Change.Done.class);
            proven(FABRIKAM, "root", ROOT);
        }

        @Test
        void isACertificateAuthority() {
            var device = pki.device(ROOT, "thermostat-0001", KeyAlgorithm.P_256);

            assertThat(inventory.trustAnchors().create(TrustAnchor.unproven(CONTOSO, "root", device.certificate())))
                    .isInstanceOf(Change.Invalid.class);
        }

        @Test
        void getsNoCodeOnceItIsVerified() {
            proven(CONTOSO, "root", ROOT);

            assertThat(inventory.requestCode(CONTOSO, "root")).isInstanceOf(CodeRequest.NotIssued.class);
        }

        @Test
        void voidsAnEarlierCodeWithALaterOne() {
            create(TrustAnchor.unproven(CONTOSO, "root", ROOT.certificate()));
            String earlier = code(CONTOSO, "root");
            code(CONTOSO, "root");

            assertThat(inventory.verify(CONTOSO, "root", pki.proof(ROOT, earlier)))
                    .isInstanceOf(Change.Invalid.class);
        }
    }

    @Nested
    class AnEnrollmentGroup {
        @Test
        void joinsWhatItsTenantHas() {
            var group = new EnrollmentGroup(CONTOSO, "g", "eu", "root", true);

            assertThat(inventory.enrollmentGroups().create(group))
                    .isInstanceOfSatisfying(
                            Change.Invalid.class,
                            invalid -> assertThat(invalid.violations().size()).isEqualTo(2));
            create(instance(CONTOSO, "eu", "0ne1"));
            create(TrustAnchor.unproven(CONTOSO, "root", ROOT.certificate()));
            assertThat(inventory.enrollmentGroups().create(group)).isInstanceOf(Change.Refused.class);
            prove(CONTOSO, "root", ROOT);
            create(group);
        }
    }

    @Nested
    class AGroupThatBerthMakes {
        private final EnrollmentGroup managed = managed("g", false);

        @Test
        void needsAnInstanceThatBerthCanCall() {
            create(instance(CONTOSO, "eu", "0ne1"));
            proven(CONTOSO, "root", ROOT);

            assertThat(pointer(inventory.enrollmentGroups().create(managed))).isEqualTo("/policy");
        }

        @Test
        void keepsItsInstanceFromLosingItsCredentials() {
            var eu = create(callable(100));
            proven(CONTOSO, "root", ROOT);
            create(managed);

            assertThat(inventory.dpsInstances().replace(instance(CONTOSO, "eu", "0ne1"), eu.version()))
                    .isInstanceOf(Change.Refused.class);
        }

        @Test
        void isOnlyOneForItsAnchorAtAnInstance() {
            create(callable(100));
            proven(CONTOSO, "root", ROOT);
            create(managed);

            assertThat(pointer(inventory.enrollmentGroups().create(managed("another", false))))
                    .isEqualTo("/trustAnchor");
        }

        @Test
        void findsNoPlaceBeyondTheInstancesLimit() {
            create(callable(0));
            proven(CONTOSO, "root", ROOT);

            assertThat(pointer(inventory.enrollmentGroups().create(managed))).isEqualTo("/dpsInstance");
        }

        @Test
        void keepsNobodyFromDeletingItsAnchorOrItsInstanceIfBerthAddedItByItself() {
            create(callable(100));
            proven(CONTOSO, "root", ROOT);
            create(managed("by-hand", false));
            assertThat(inventory.trustAnchors().delete(CONTOSO, "root", null)).isInstanceOf(Change.Refused.class);
            assertThat(inventory.dpsInstances().delete(CONTOSO, "eu", null)).isInstanceOf(Change.Refused.class);

            done(inventory.enrollmentGroups().delete(CONTOSO, "by-hand", null));
            catalogs.enrollmentGroups().insert(managed("automatic", true));
            done(inventory.trustAnchors().delete(CONTOSO, "root", null));

            assertThat(inventory.enrollmentGroups().find(CONTOSO, "automatic")).isEmpty();
            catalogs.enrollmentGroups().insert(managed("automatic", true));
            done(inventory.dpsInstances().delete(CONTOSO, "eu", null));
            assertThat(inventory.enrollmentGroups().find(CONTOSO, "automatic")).isEmpty();
        }

        @Test
        void hasSettingsThatDpsCouldTake() {
            assertThatThrownBy(() -> new EnrollmentGroup.Settings(AllocationPolicy.CUSTOM, List.of(), null))
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> new EnrollmentGroup.Settings(AllocationPolicy.STATIC, List.of("a.b", "c.d"), null))
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> new EnrollmentGroup.Settings(null, List.of("a.b:443"), null))
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> new EnrollmentGroup.Settings(
                            null,
                            IntStream.rangeClosed(0, EnrollmentGroup.Settings.IOT_HUBS_MAX)
                                    .mapToObj(i -> "h" + i + ".net")
                                    .toList(),
                            null))
                    .isInstanceOf(InvalidValueException.class);
        }

        private static EnrollmentGroup managed(String name, boolean automatic) {
            return new EnrollmentGroup(
                    CONTOSO,
                    name,
                    "eu",
                    "root",
                    true,
                    EnrollmentPolicy.MANAGED,
                    EnrollmentGroup.Settings.UNSPECIFIED,
                    automatic);
        }

        private static DpsInstance callable(int groupsMax) {
            return new DpsInstance(
                    new DpsInstanceId(CONTOSO, "eu"),
                    "0ne1",
                    "global.azure-devices-provisioning.net",
                    "eu.azure-devices-provisioning.net",
                    null,
                    null,
                    null,
                    new Limits(1_000, 1_000, 1_000_000, 0, Duration.ofMillis(1_200), groupsMax, 25),
                    1,
                    DpsInstance.State.ACTIVE,
                    "contoso-eu",
                    EnrollmentPolicy.EXTERNAL);
        }

        private static String pointer(Change<?> change) {
            return ((Change.Invalid<?>) change).violations().getFirst().pointer();
        }
    }

    private Versioned<Tenant> create(Tenant tenant) {
        return done(inventory.tenants().create(tenant));
    }

    private Versioned<DpsInstance> create(DpsInstance instance) {
        return done(inventory.dpsInstances().create(instance));
    }

    private Versioned<TrustAnchor> create(TrustAnchor anchor) {
        return done(inventory.trustAnchors().create(anchor));
    }

    private Versioned<EnrollmentGroup> create(EnrollmentGroup group) {
        return done(inventory.enrollmentGroups().create(group));
    }

    private Versioned<TrustAnchor> proven(TenantId tenant, String name, CertifiedKey authority) {
        create(TrustAnchor.unproven(tenant, name, authority.certificate()));
        return done(prove(tenant, name, authority));
    }

    private Change<TrustAnchor> prove(TenantId tenant, String name, CertifiedKey authority) {
        return inventory.verify(tenant, name, pki.proof(authority, code(tenant, name)));
    }

    private String code(TenantId tenant, String name) {
        return inventory.requestCode(tenant, name) instanceof CodeRequest.Issued(var challenge)
                ? challenge.code()
                : "none";
    }

    private static DpsInstance instance(TenantId tenant, String name, String idScope) {
        return new DpsInstance(
                new DpsInstanceId(tenant, name),
                idScope,
                "global.azure-devices-provisioning.net",
                name + ".azure-devices-provisioning.net",
                null,
                null,
                null,
                Limits.DPS,
                1,
                DpsInstance.State.ACTIVE);
    }

    private static <T> Versioned<T> done(Change<T> change) {
        assertThat(change).isInstanceOf(Change.Done.class);
        return ((Change.Done<T>) change).value();
    }

    private static <T> List<T> atOnce(Callable<T> one, Callable<T> other) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(one);
            var second = threads.submit(other);
            return List.of(first.get(), second.get());
        }
    }
}
