package dev.berth.api.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.InventorySnapshot;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DeviceState;
import java.util.Locale;

/** A device, as administrators are shown it. */
final class DeviceForm {
    private DeviceForm() {}

    static ObjectNode write(Device device, InventorySnapshot inventory) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("registrationId", device.registrationId().value());
        json.put("hardwareId", device.hardwareId());
        json.put("origin", device.origin().value());
        json.put("owner", device.owner().value());
        json.put("trustAnchor", device.trustAnchor());
        json.put("thumbprint", device.thumbprint());
        json.put("state", device.state().kind().name().toLowerCase(Locale.ROOT));
        json.put("stateSince", device.stateSince().toString());
        json.put("firstSeenAt", device.firstSeen().toString());
        device.assignment().ifPresent(assignment -> write(assignment, inventory, json));
        write(device.state(), json);
        return json;
    }

    private static void write(Assignment assignment, InventorySnapshot inventory, ObjectNode json) {
        json.put("dpsInstance", assignment.instance().name());
        inventory
                .dpsInstance(assignment.instance())
                .map(DpsInstance::idScope)
                .ifPresent(idScope -> json.put("idScope", idScope));
        json.put("generation", assignment.generation());
        json.put("registerAt", assignment.slot().toString());
    }

    private static void write(DeviceState state, ObjectNode json) {
        switch (state) {
            case DeviceState.Registered registered -> {
                Form.put(json, "assignedHub", registered.assignedHub());
                json.put("deviceId", registered.deviceId());
            }
            case DeviceState.Failed failed -> {
                Form.put(json, "errorCode", failed.errorCode());
                Form.put(json, "errorMessage", failed.errorMessage());
            }
            case DeviceState.Waiting waiting -> {}
            case DeviceState.Told told -> {}
            case DeviceState.Requeued requeued -> {}
        }
    }
}
