package dev.berth.api.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.Limits;
import java.time.Duration;
import java.util.Locale;

/** A DPS instance in JSON; what is absent has the contract's default. */
final class DpsInstanceForm implements Form<DpsInstance> {
    private static final String GLOBAL_ENDPOINT = "global.azure-devices-provisioning.net";

    @Override
    public DpsInstance read(TenantId tenant, String name, ObjectNode json) {
        return new DpsInstance(
                new DpsInstanceId(tenant, name),
                json.path("idScope").asText(),
                Form.text(json, "globalEndpoint", GLOBAL_ENDPOINT),
                json.path("serviceEndpoint").asText(),
                Form.text(json, "subscription"),
                Form.text(json, "geography"),
                Form.text(json, "homeRegion"),
                limits(json.path("limits")),
                json.path("weight").asInt(1),
                DpsInstance.State.valueOf(Form.text(json, "state", "active").toUpperCase(Locale.ROOT)),
                Form.text(json, "serviceCredentials"),
                EnrollmentPolicy.valueOf(
                        Form.text(json, "enrollmentPolicy", "external").toUpperCase(Locale.ROOT)));
    }

    @Override
    public ObjectNode write(DpsInstance instance) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("tenant", instance.id().tenant().value());
        json.put("name", instance.id().name());
        json.put("idScope", instance.idScope());
        json.put("globalEndpoint", instance.globalEndpoint());
        json.put("serviceEndpoint", instance.serviceEndpoint());
        Form.put(json, "subscription", instance.subscription());
        Form.put(json, "geography", instance.geography());
        Form.put(json, "homeRegion", instance.homeRegion());
        json.set("limits", write(instance.limits()));
        json.put("weight", instance.weight());
        json.put("state", instance.state().name().toLowerCase(Locale.ROOT));
        Form.put(json, "serviceCredentials", instance.serviceCredentials());
        json.put("enrollmentPolicy", instance.enrollmentPolicy().name().toLowerCase(Locale.ROOT));
        return json;
    }

    private static Limits limits(JsonNode json) {
        var absent = Limits.DPS;
        return new Limits(
                json.path("registrationsPerMinute").asInt(absent.registrationsPerMinute()),
                json.path("operationsPerMinute").asInt(absent.operationsPerMinute()),
                json.path("registrationsMax").asLong(absent.registrationsMax()),
                json.path("headroomPerMinute").asInt(absent.headroomPerMinute()),
                Duration.ofMillis(json.path("arrivalSpreadMillis")
                        .asLong(absent.arrivalSpread().toMillis())),
                json.path("enrollmentGroupsMax").asInt(absent.enrollmentGroupsMax()),
                json.path("certificateAuthoritiesMax").asInt(absent.certificateAuthoritiesMax()),
                json.hasNonNull("hubRegistrationsPerMinute")
                        ? json.path("hubRegistrationsPerMinute").asInt()
                        : null);
    }

    private static ObjectNode write(Limits limits) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("registrationsPerMinute", limits.registrationsPerMinute())
                .put("operationsPerMinute", limits.operationsPerMinute())
                .put("registrationsMax", limits.registrationsMax())
                .put("headroomPerMinute", limits.headroomPerMinute())
                .put("arrivalSpreadMillis", limits.arrivalSpread().toMillis())
                .put("enrollmentGroupsMax", limits.enrollmentGroupsMax())
                .put("certificateAuthoritiesMax", limits.certificateAuthoritiesMax());
        if (limits.hubRegistrationsPerMinute() != null) {
            json.put("hubRegistrationsPerMinute", limits.hubRegistrationsPerMinute());
        }
        return json;
    }
}
