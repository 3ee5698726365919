package dev.berth.api.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.identity.TenantId;
import dev.berth.inventory.AllocationPolicy;
import dev.berth.inventory.EnrollmentGroup;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.ReprovisionPolicy;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;

/** An enrollment group in JSON. */
final class EnrollmentGroupForm implements Form<EnrollmentGroup> {
    private static final Map<String, AllocationPolicy> ALLOCATION = Map.of(
            "hashed", AllocationPolicy.HASHED,
            "geoLatency", AllocationPolicy.GEO_LATENCY,
            "static", AllocationPolicy.STATIC);

    @Override
    public EnrollmentGroup read(TenantId tenant, String name, ObjectNode json) {
        return new EnrollmentGroup(
                tenant,
                name,
                json.path("dpsInstance").asText(),
                json.path("trustAnchor").asText(),
                json.path("enabled").asBoolean(true),
                EnrollmentPolicy.valueOf(Form.text(json, "policy", "external").toUpperCase(Locale.ROOT)),
                settings(json),
                false);
    }

    private static EnrollmentGroup.Settings settings(ObjectNode json) {
        var reprovision = Form.text(json, "reprovisionPolicy");
        var hubs = new ArrayList<String>();
        json.path("iotHubs").forEach(hub -> hubs.add(hub.asText()));
        return new EnrollmentGroup.Settings(
                ALLOCATION.get(Form.text(json, "allocationPolicy", "")),
                hubs,
                reprovision == null ? null : ReprovisionPolicy.valueOf(reprovision.toUpperCase(Locale.ROOT)));
    }

    @Override
    public ObjectNode write(EnrollmentGroup group) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("tenant", group.tenant().value())
                .put("name", group.name())
                .put("dpsInstance", group.dpsInstance())
                .put("trustAnchor", group.trustAnchor())
                .put("enabled", group.enabled())
                .put("policy", group.policy().name().toLowerCase(Locale.ROOT))
                .put("automatic", group.automatic());
        var settings = group.settings();
        ALLOCATION.forEach((text, policy) -> {
            if (policy == settings.allocationPolicy()) {
                json.put("allocationPolicy", text);
            }
        });
        if (!settings.iotHubs().isEmpty()) {
            settings.iotHubs().forEach(json.putArray("iotHubs")::add);
        }
        var reprovision = settings.reprovisionPolicy();
        Form.put(
                json,
                "reprovisionPolicy",
                reprovision == null ? null : reprovision.name().toLowerCase(Locale.ROOT));
        return json;
    }
}
