package dev.berth.inventory;

import dev.berth.identity.Name;
import dev.berth.identity.TenantId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The entry at a DPS instance that makes it accept the devices of a trust anchor.
 *
 * @param dpsInstance name of the tenant's instance that holds the entry
 * @param trustAnchor name of the tenant's anchor whose devices it covers
 * @param settings how the instance treats these devices, where Berth has a say in that
 * @param automatic whether Berth added it by itself, because of the instance's policy; it goes with the instance or the anchor
 */
public record EnrollmentGroup(
        TenantId tenant,
        String name,
        String dpsInstance,
        String trustAnchor,
        boolean enabled,
        EnrollmentPolicy policy,
        Settings settings,
        boolean automatic) {
    public EnrollmentGroup {
        Name.require(name);
        new InvalidValueException.Check()
                .that(Name.is(dpsInstance), "/dpsInstance", "must be the name of a DPS instance")
                .that(Name.is(trustAnchor), "/trustAnchor", "must be the name of a trust anchor")
                .orThrow();
    }

    /** One that the operator declares to stand. */
    public EnrollmentGroup(TenantId tenant, String name, String dpsInstance, String trustAnchor, boolean enabled) {
        this(tenant, name, dpsInstance, trustAnchor, enabled, EnrollmentPolicy.EXTERNAL, Settings.UNSPECIFIED, false);
    }

    /** Whether it joins the same instance and anchor as {@code other}. */
    public boolean joinsTheSameAs(EnrollmentGroup other) {
        return tenant.equals(other.tenant)
                && dpsInstance.equals(other.dpsInstance)
                && trustAnchor.equals(other.trustAnchor);
    }

    /**
     * What an instance does with the devices of a group; what is null or empty is left as it is there.
     *
     * @param iotHubs host names of hubs that are linked to the instance
     */
    public record Settings(
            @Nullable AllocationPolicy allocationPolicy,
            List<String> iotHubs,
            @Nullable ReprovisionPolicy reprovisionPolicy) {
        /** As many as DPS links to an instance. */
        public static final int IOT_HUBS_MAX = 50;

        public static final Settings UNSPECIFIED = new Settings(null, List.of(), null);

        public Settings {
            iotHubs = iotHubs.stream()
                    .map(hub -> hub.toLowerCase(Locale.ROOT))
                    .distinct()
                    .sorted()
                    .toList();
            new InvalidValueException.Check()
                    .that(allocationPolicy != AllocationPolicy.CUSTOM, "/allocationPolicy", "cannot be set to custom")
                    .that(iotHubs.size() <= IOT_HUBS_MAX, "/iotHubs", "must have at most " + IOT_HUBS_MAX + " hubs")
                    .that(
                            iotHubs.stream().allMatch(hub -> Endpoint.parse(hub).isPresent() && hub.indexOf(':') < 0),
                            "/iotHubs",
                            "must be host names")
                    .that(
                            allocationPolicy != AllocationPolicy.STATIC || iotHubs.size() == 1,
                            "/iotHubs",
                            "must be the one hub of the static policy")
                    .orThrow();
        }
    }
}
