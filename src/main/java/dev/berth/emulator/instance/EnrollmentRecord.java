package dev.berth.emulator.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.enrollment.Attestation;
import dev.berth.emulator.enrollment.EnrolledDocument;
import dev.berth.emulator.enrollment.Enrollment;
import dev.berth.emulator.enrollment.EnrollmentKind;
import dev.berth.emulator.enrollment.EnrollmentRegister;
import dev.berth.emulator.enrollment.EnrollmentSettings;
import dev.berth.emulator.json.Json;

/** An enrollment as webhooks see it: whole, but without keys. */
final class EnrollmentRecord {
    private EnrollmentRecord() {}

    /** Its document, unless that is gone since it let the device in: then what is left of it. */
    static ObjectNode of(Enrollment enrollment, EnrollmentRegister register) {
        var kind = enrollment instanceof Enrollment.Group ? EnrollmentKind.GROUP : EnrollmentKind.INDIVIDUAL;
        var record =
                register.find(kind, enrollment.id()).map(EnrolledDocument::json).orElseGet(() -> of(enrollment));
        var webhook = enrollment.settings().webhook();
        if (webhook != null) {
            record.withObject("/customAllocationDefinition").put("webhookUrl", webhook.masked());
        }
        return record;
    }

    private static ObjectNode of(Enrollment enrollment) {
        var record = switch (enrollment) {
            case Enrollment.Group group -> Json.object().put("enrollmentGroupId", group.id());
            case Enrollment.Individual individual ->
                Json.object().put("registrationId", individual.id()).put("deviceId", individual.deviceId());
        };
        record.putObject("attestation")
                .put(
                        "type",
                        switch (enrollment.attestation()) {
                            case Attestation.ClientCertificates certificates -> "x509";
                            case Attestation.Signers signers -> "x509";
                            case Attestation.SymmetricKey keys -> "symmetricKey";
                            case Attestation.Tpm tpm -> "tpm";
                        });
        settings(record, enrollment.settings());
        return record;
    }

    private static void settings(ObjectNode record, EnrollmentSettings settings) {
        record.put("provisioningStatus", "enabled");
        if (settings.reprovisionPolicy() != null) {
            record.putObject("reprovisionPolicy")
                    .put("updateHubAssignment", settings.reprovisionPolicy().updateHubAssignment())
                    .put("migrateDeviceData", settings.reprovisionPolicy().migrateDeviceData());
        }
        if (settings.initialTwin() != null) {
            record.set("initialTwin", settings.initialTwin());
        }
        record.put("allocationPolicy", "custom");
        var hubs = record.putArray("iotHubs");
        settings.iotHubs().forEach(hubs::add);
        var webhook = settings.webhook();
        if (webhook != null) {
            record.putObject("customAllocationDefinition")
                    .put("webhookUrl", webhook.masked())
                    .put("apiVersion", webhook.apiVersion());
        }
    }
}
