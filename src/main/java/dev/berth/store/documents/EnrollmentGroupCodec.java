package dev.berth.store.documents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.identity.TenantId;
import dev.berth.inventory.AllocationPolicy;
import dev.berth.inventory.EnrollmentGroup;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.ReprovisionPolicy;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Enrollment groups as JSON. */
final class EnrollmentGroupCodec implements ResourceCodec<EnrollmentGroup> {
    @Override
    public String kind() {
        return "enrollment-group";
    }

    @Override
    public TenantId tenant(EnrollmentGroup value) {
        return value.tenant();
    }

    @Override
    public String name(EnrollmentGroup value) {
        return value.name();
    }

    @Override
    public void write(EnrollmentGroup value, ObjectNode into) {
        into.put("dpsInstance", value.dpsInstance())
                .put("trustAnchor", value.trustAnchor())
                .put("enabled", value.enabled())
                .put("policy", policy(value.policy()))
                .put("automatic", value.automatic());
        var settings = value.settings();
        into.put("allocationPolicy", name(settings.allocationPolicy()))
                .put("reprovisionPolicy", name(settings.reprovisionPolicy()));
        settings.iotHubs().forEach(into.putArray("iotHubs")::add);
    }

    @Override
    public EnrollmentGroup read(TenantId tenant, String name, Json from) {
        return new EnrollmentGroup(
                tenant,
                name,
                from.text("dpsInstance"),
                from.text("trustAnchor"),
                from.flag("enabled"),
                policy(from.textOrNull("policy")),
                new EnrollmentGroup.Settings(
                        value(AllocationPolicy.class, from.textOrNull("allocationPolicy")),
                        from.texts("iotHubs"),
                        value(ReprovisionPolicy.class, from.textOrNull("reprovisionPolicy"))),
                from.flagOr("automatic", false));
    }

    static String policy(EnrollmentPolicy policy) {
        return policy.name().toLowerCase(Locale.ROOT);
    }

    /** The policy of documents that are older than policies is the one that changes nothing. */
    static EnrollmentPolicy policy(@Nullable String text) {
        var policy = value(EnrollmentPolicy.class, text);
        return policy == null ? EnrollmentPolicy.EXTERNAL : policy;
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> @Nullable E value(Class<E> type, @Nullable String text) {
        return text == null ? null : Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    }
}
