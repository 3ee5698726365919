package dev.berth.store.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DeviceState;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.Ticket;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A device as it is stored. {@code owner}, {@code ownerState} and {@code instance} are there to be found by. */
final class DeviceCodec {
    static final Format<Device> FORMAT = new Format<>(1, DeviceCodec::write, DeviceCodec::read);

    /** Where regions are merged, the document of the higher generation stays; so every document has one. */
    static final String GENERATION = "generation";

    private static final int NO_GENERATION = 0;

    private DeviceCodec() {}

    static String ownerState(TenantId owner, DeviceState.Kind state) {
        return owner + "/" + nameOf(state);
    }

    private static void write(Device device, ObjectNode body) {
        body.put("origin", device.origin().value());
        body.put("owner", device.owner().value());
        body.put("registrationId", device.registrationId().value());
        body.put("hardwareId", device.hardwareId());
        body.put("trustAnchor", device.trustAnchor());
        body.put("thumbprint", device.thumbprint());
        body.put("firstSeen", device.firstSeen().toString());
        body.put("stateSince", device.stateSince().toString());
        body.put("slotsPaidUntil", device.slotsPaidUntil().toString());
        body.put("ownerState", ownerState(device.owner(), device.state().kind()));
        body.put("state", nameOf(device.state().kind()));
        switch (device.state()) {
            case DeviceState.Waiting(Ticket ticket) -> {
                body.put(GENERATION, NO_GENERATION);
                writeTicket(ticket, body);
            }
            case DeviceState.Told(Assignment assignment) -> writeAssignment(assignment, body);
            case DeviceState.Registered registered -> {
                writeAssignment(registered.assignment(), body);
                body.put("assignedHub", registered.assignedHub());
                body.put("deviceId", registered.deviceId());
            }
            case DeviceState.Failed failed -> {
                writeAssignment(failed.assignment(), body);
                body.put("errorCode", failed.errorCode());
                body.put("errorMessage", failed.errorMessage());
            }
            case DeviceState.Requeued(Assignment assignment, Ticket ticket) -> {
                writeAssignment(assignment, body);
                writeTicket(ticket, body);
            }
        }
    }

    private static Device read(JsonNode body) {
        return new Device(
                new TenantId(Format.text(body, "origin")),
                new TenantId(Format.text(body, "owner")),
                new RegistrationId(Format.text(body, "registrationId")),
                Format.text(body, "hardwareId"),
                Format.text(body, "trustAnchor"),
                Format.text(body, "thumbprint"),
                readState(body),
                instant(body, "firstSeen"),
                instant(body, "stateSince"),
                instant(body, "slotsPaidUntil"));
    }

    private static DeviceState readState(JsonNode body) {
        var kind = DeviceState.Kind.valueOf(Format.text(body, "state").toUpperCase(Locale.ROOT));
        return switch (kind) {
            case WAITING -> new DeviceState.Waiting(readTicket(body));
            case TOLD -> new DeviceState.Told(readAssignment(body));
            case REGISTERED ->
                new DeviceState.Registered(
                        readAssignment(body), textIfAny(body, "assignedHub"), Format.text(body, "deviceId"));
            case FAILED -> readFailed(body);
            case REQUEUED -> new DeviceState.Requeued(readAssignment(body), readTicket(body));
        };
    }

    private static DeviceState.Failed readFailed(JsonNode body) {
        @Nullable Integer code = body.hasNonNull("errorCode")
                ? Integer.valueOf(body.get("errorCode").intValue())
                : null;
        return new DeviceState.Failed(readAssignment(body), code, textIfAny(body, "errorMessage"));
    }

    private static @Nullable String textIfAny(JsonNode body, String member) {
        return body.hasNonNull(member) ? Format.text(body, member) : null;
    }

    private static void writeAssignment(Assignment assignment, ObjectNode body) {
        body.put("instance", assignment.instance().toString());
        body.put(GENERATION, assignment.generation());
        body.put("slot", assignment.slot().toString());
        if (assignment.epoch() > 0) {
            body.put("epoch", assignment.epoch());
        }
        if (assignment.choice() != null) {
            ChoiceCodec.write(assignment.choice(), body.putObject("choice"));
        }
    }

    private static Assignment readAssignment(JsonNode body) {
        return new Assignment(
                DpsInstanceId.parse(Format.text(body, "instance")),
                Format.number(body, GENERATION),
                instant(body, "slot"),
                body.path("epoch").asLong(),
                body.hasNonNull("choice") ? ChoiceCodec.read(body.get("choice")) : null);
    }

    private static void writeTicket(Ticket ticket, ObjectNode body) {
        body.put("queueOwner", ticket.queue().owner().value());
        body.put("queue", ticket.queue().name());
        body.put("ticket", ticket.number());
    }

    private static Ticket readTicket(JsonNode body) {
        var owner = new TenantId(Format.text(body, "queueOwner"));
        return new Ticket(new QueueKey(owner, Format.text(body, "queue")), Format.number(body, "ticket"));
    }

    private static Instant instant(JsonNode body, String member) {
        return Instants.parse(Format.text(body, member));
    }

    private static String nameOf(DeviceState.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
