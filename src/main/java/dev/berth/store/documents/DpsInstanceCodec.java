package dev.berth.store.documents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Limits;
import java.time.Duration;

/** DPS instances as JSON. */
final class DpsInstanceCodec implements ResourceCodec<DpsInstance> {
    @Override
    public String kind() {
        return "dps-instance";
    }

    @Override
    public TenantId tenant(DpsInstance value) {
        return value.id().tenant();
    }

    @Override
    public String name(DpsInstance value) {
        return value.id().name();
    }

    @Override
    public void write(DpsInstance value, ObjectNode into) {
        into.put("idScope", value.idScope())
                .put("globalEndpoint", value.globalEndpoint())
                .put("serviceEndpoint", value.serviceEndpoint())
                .put("subscription", value.subscription())
                .put("geography", value.geography())
                .put("homeRegion", value.homeRegion())
                .put("weight", value.weight())
                .put("state", state(value.state()))
                .put("serviceCredentials", value.serviceCredentials())
                .put("enrollmentPolicy", EnrollmentGroupCodec.policy(value.enrollmentPolicy()));
        write(value.limits(), into.putObject("limits"));
    }

    private static void write(Limits limits, ObjectNode into) {
        into.put("registrationsPerMinute", limits.registrationsPerMinute())
                .put("operationsPerMinute", limits.operationsPerMinute())
                .put("registrationsMax", limits.registrationsMax())
                .put("headroomPerMinute", limits.headroomPerMinute())
                .put("arrivalSpreadMillis", limits.arrivalSpread().toMillis())
                .put("enrollmentGroupsMax", limits.enrollmentGroupsMax())
                .put("certificateAuthoritiesMax", limits.certificateAuthoritiesMax())
                .put("hubRegistrationsPerMinute", limits.hubRegistrationsPerMinute());
    }

    @Override
    public DpsInstance read(TenantId tenant, String name, Json from) {
        return new DpsInstance(
                new DpsInstanceId(tenant, name),
                from.text("idScope"),
                from.text("globalEndpoint"),
                from.text("serviceEndpoint"),
                from.textOrNull("subscription"),
                from.textOrNull("geography"),
                from.textOrNull("homeRegion"),
                limits(from.object("limits")),
                Math.toIntExact(from.number("weight")),
                state(from.text("state")),
                from.textOrNull("serviceCredentials"),
                EnrollmentGroupCodec.policy(from.textOrNull("enrollmentPolicy")));
    }

    private static Limits limits(Json from) {
        return new Limits(
                Math.toIntExact(from.number("registrationsPerMinute")),
                Math.toIntExact(from.number("operationsPerMinute")),
                from.number("registrationsMax"),
                Math.toIntExact(from.number("headroomPerMinute")),
                Duration.ofMillis(from.number("arrivalSpreadMillis")),
                Math.toIntExact(from.numberOr("enrollmentGroupsMax", Limits.DPS.enrollmentGroupsMax())),
                Math.toIntExact(from.numberOr("certificateAuthoritiesMax", Limits.DPS.certificateAuthoritiesMax())),
                from.intOrNull("hubRegistrationsPerMinute"));
    }

    private static String state(DpsInstance.State state) {
        return switch (state) {
            case ACTIVE -> "active";
            case DRAINING -> "draining";
            case DISABLED -> "disabled";
        };
    }

    private static DpsInstance.State state(String text) {
        return switch (text) {
            case "active" -> DpsInstance.State.ACTIVE;
            case "draining" -> DpsInstance.State.DRAINING;
            case "disabled" -> DpsInstance.State.DISABLED;
            default -> throw new IllegalArgumentException("no such state: " + text);
        };
    }
}
