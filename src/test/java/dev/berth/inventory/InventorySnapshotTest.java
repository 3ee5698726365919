package dev.berth.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.identity.KeyThumbprint;
import dev.berth.identity.Possession;
import dev.berth.identity.TenantId;
import dev.berth.identity.TrustAnchor;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.Pki;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InventorySnapshotTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final TenantId FABRIKAM = new TenantId("fabrikam");
    private static final X509Certificate ROOT =
            new Pki().root("Root", KeyAlgorithm.P_256).certificate();

    private final DpsInstance eu = instance(CONTOSO, "eu", "europe", DpsInstance.State.ACTIVE);
    private final DpsInstance us = instance(CONTOSO, "us", "us", DpsInstance.State.ACTIVE);
    private final DpsInstance old = instance(CONTOSO, "old", "europe", DpsInstance.State.DRAINING);
    private final DpsInstance foreign = instance(FABRIKAM, "eu", "europe", DpsInstance.State.ACTIVE);

    @Test
    void aPoolHoldsTheOwnersActiveInstancesThatAnEnabledGroupCovers() {
        var snapshot = snapshot(null, group("eu", true), group("us", true), group("old", true));

        assertThat(snapshot.poolFor(CONTOSO, "root").instances()).containsExactly(eu, us);
        assertThat(snapshot.poolFor(CONTOSO, "root").emptyReason()).isNull();
    }

    @Test
    void aDisabledGroupCoversNothing() {
        var snapshot = snapshot(null, group("eu", true), group("us", false));

        assertThat(snapshot.poolFor(CONTOSO, "root").instances()).containsExactly(eu);
    }

    @Test
    void aGeographyKeepsDevicesAtHome() {
        var snapshot = snapshot("europe", group("eu", true), group("us", true));

        assertThat(snapshot.poolFor(CONTOSO, "root").instances()).containsExactly(eu);
        assertThat(snapshot.poolFor(CONTOSO, "root").geography()).isEqualTo("europe");
    }

    @Test
    void aRegionHasTheInstancesThatAreAtHomeThere() {
        var here = inRegion("westeurope", eu, "westeurope");
        var there = inRegion("westeurope", us, "eastus");
        var nowhere = inRegion("westeurope", eu, null);

        assertThat(here.poolFor(CONTOSO, "root").instances()).hasSize(1);
        assertThat(there.poolFor(CONTOSO, "root").emptyReason()).contains("is at home in region westeurope");
        assertThat(nowhere.poolFor(CONTOSO, "root").instances()).isEmpty();
        assertThat(there.memberships(CONTOSO, "root"))
                .singleElement()
                .satisfies(membership ->
                        assertThat(membership.barriers()).containsExactly(PoolMembership.Barrier.OTHER_REGION));
        assertThat(there.dpsInstance(us.id())).isPresent();
    }

    @Test
    void whereThereIsOneRegionHomesAreOfNoConsequence() {
        assertThat(inRegion(null, us, "eastus").poolFor(CONTOSO, "root").instances())
                .hasSize(1);
    }

    @Test
    void aGroupThatNamesWhatIsGoneChangesNothing() {
        var snapshot = snapshot(null, group("gone", true), group("eu", true));

        assertThat(snapshot.poolFor(CONTOSO, "root").instances()).containsExactly(eu);
    }

    @Test
    void aManagedGroupCoversOnlyOnceItWasSeenToStandForItsAnchor() {
        var anchor = new TrustAnchor(CONTOSO, "root", ROOT, new Possession.Proven(Instant.EPOCH));
        var managed = new EnrollmentGroup(
                CONTOSO,
                "g",
                "eu",
                "root",
                true,
                EnrollmentPolicy.MANAGED,
                EnrollmentGroup.Settings.UNSPECIFIED,
                false);

        assertThat(pool(anchor, managed)).isEmpty();
        assertThat(pool(anchor, managed, standing("eu", anchor.key(), true))).containsExactly(eu);
        assertThat(pool(anchor, managed, standing("eu", anchor.key(), false))).isEmpty();
        assertThat(pool(anchor, managed, standing("us", anchor.key(), true))).isEmpty();
        assertThat(pool(anchor, managed, standing("eu", new KeyThumbprint("another"), true)))
                .isEmpty();
    }

    @Test
    void anEmptyPoolSaysThatNobodySawTheGroupStand() {
        var anchor = new TrustAnchor(CONTOSO, "root", ROOT, new Possession.Proven(Instant.EPOCH));
        var verified = new EnrollmentGroup(
                CONTOSO,
                "g",
                "eu",
                "root",
                true,
                EnrollmentPolicy.VERIFIED,
                EnrollmentGroup.Settings.UNSPECIFIED,
                false);

        assertThat(InventorySnapshot.of(List.of(), List.of(eu), List.of(anchor), List.of(verified))
                        .poolFor(CONTOSO, "root")
                        .emptyReason())
                .contains("was seen to have its enrollment group for trust anchor root at DPS");
    }

    private List<DpsInstance> pool(TrustAnchor anchor, EnrollmentGroup group, EnrollmentStanding... standings) {
        return InventorySnapshot.of(List.of(), List.of(eu, us), List.of(anchor), List.of(group), List.of(standings))
                .poolFor(CONTOSO, "root")
                .instances();
    }

    private static EnrollmentStanding standing(String instance, KeyThumbprint key, boolean covers) {
        return new EnrollmentStanding(
                CONTOSO, "g", instance, key, EnrollmentStanding.State.STANDING, covers, null, Instant.EPOCH);
    }

    @Test
    void anEmptyPoolNamesWhatNarrowedItToNothing() {
        assertThat(snapshot(null).poolFor(new TenantId("nobody"), "root").emptyReason())
                .contains("has no DPS instance");
        assertThat(snapshot(null).poolFor(CONTOSO, "root").emptyReason())
                .contains("none of the 3")
                .contains("enrollment group for trust anchor root");
        assertThat(snapshot(null, group("old", true)).poolFor(CONTOSO, "root").emptyReason())
                .contains("none of the 1")
                .contains("is active");
        assertThat(snapshot("asia", group("eu", true), group("us", true))
                        .poolFor(CONTOSO, "root")
                        .emptyReason())
                .contains("none of the 2")
                .contains("geography asia");
    }

    @Test
    void eachInstanceSaysAllThatKeepsItOutOfThePool() {
        var snapshot = snapshot("europe", group("us", false), group("old", true));

        assertThat(barriers(snapshot))
                .containsExactly(
                        "eu [NO_ENROLLMENT_GROUP]",
                        "old [NOT_ACTIVE]",
                        "us [ENROLLMENT_GROUP_DISABLED, OTHER_GEOGRAPHY]");
    }

    @Test
    void aGroupThatNobodySawStandIsABarrierAndSaysWhatWasSeen() {
        var anchor = new TrustAnchor(CONTOSO, "root", ROOT, new Possession.Proven(Instant.EPOCH));
        var managed = new EnrollmentGroup(
                CONTOSO,
                "g",
                "eu",
                "root",
                true,
                EnrollmentPolicy.MANAGED,
                EnrollmentGroup.Settings.UNSPECIFIED,
                false);
        var seen = standing("eu", anchor.key(), false);

        var member = InventorySnapshot.of(List.of(), List.of(eu), List.of(anchor), List.of(managed), List.of(seen))
                .memberships(CONTOSO, "root")
                .getFirst();

        assertThat(member.barriers()).containsExactly(PoolMembership.Barrier.ENROLLMENT_NOT_SEEN);
        assertThat(member.seen()).isEqualTo(seen);
    }

    @Test
    void membersAreThoseThatThePoolHolds() {
        for (var geography : new String[] {null, "europe", "us", "asia"}) {
            var snapshot = snapshot(geography, group("eu", true), group("us", true), group("old", true));

            assertThat(snapshot.memberships(CONTOSO, "root").stream()
                            .filter(PoolMembership::isMember)
                            .map(PoolMembership::instance))
                    .containsExactlyElementsOf(snapshot.poolFor(CONTOSO, "root").instances());
        }
    }

    private static List<String> barriers(InventorySnapshot snapshot) {
        return snapshot.memberships(CONTOSO, "root").stream()
                .map(member -> member.instance().id().name() + " " + member.barriers())
                .toList();
    }

    @Test
    void aKnownDeviceFindsItsInstanceInAnyState() {
        assertThat(snapshot(null).dpsInstance(old.id())).contains(old);
    }

    private InventorySnapshot snapshot(@Nullable String geography, EnrollmentGroup... groups) {
        return InventorySnapshot.of(
                List.of(new Tenant(CONTOSO, "Contoso", geography), new Tenant(FABRIKAM, "Fabrikam", null)),
                List.of(us, old, foreign, eu),
                List.of(),
                List.of(groups));
    }

    private static InventorySnapshot inRegion(
            @Nullable String region, DpsInstance instance, @Nullable String homeRegion) {
        var atHome = new DpsInstance(
                instance.id(),
                instance.idScope(),
                instance.globalEndpoint(),
                instance.serviceEndpoint(),
                null,
                null,
                homeRegion,
                instance.limits(),
                1,
                instance.state());
        return InventorySnapshot.of(
                List.of(new Tenant(CONTOSO, "Contoso", null)),
                List.of(atHome),
                List.of(),
                List.of(group(instance.id().name(), true)),
                List.of(),
                region);
    }

    private static EnrollmentGroup group(String instance, boolean enabled) {
        return new EnrollmentGroup(CONTOSO, "group-" + instance, instance, "root", enabled);
    }

    private static DpsInstance instance(TenantId tenant, String name, String geography, DpsInstance.State state) {
        return new DpsInstance(
                new DpsInstanceId(tenant, name),
                "0ne" + name,
                "global.azure-devices-provisioning.net",
                name + ".azure-devices-provisioning.net",
                null,
                geography,
                null,
                Limits.DPS,
                1,
                state);
    }
}
