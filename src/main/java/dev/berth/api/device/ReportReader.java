package dev.berth.api.device;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.api.contract.Operation;
import dev.berth.provisioning.RegistrationReport;
import org.jspecify.annotations.Nullable;

/** Reads what a device reports of its registration; what the contract does not admit becomes a problem that names each fault. */
record ReportReader(Operation operation) {

    RegistrationReport read(byte[] body) {
        var report = operation.readBody(body);
        return switch (report.path("status").asText()) {
            case "assigned" ->
                new RegistrationReport.Assigned(text(report.get("assignedHub")), text(report.get("deviceId")));
            default -> new RegistrationReport.Failed(number(report.get("errorCode")), text(report.get("errorMessage")));
        };
    }

    private static @Nullable Integer number(@Nullable JsonNode node) {
        return node == null ? null : node.intValue();
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null ? null : node.textValue();
    }
}
