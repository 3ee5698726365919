package dev.berth.emulator.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.enrollment.EnrolledDocument;
import dev.berth.emulator.enrollment.Enrollment;
import dev.berth.emulator.enrollment.EnrollmentKind;
import dev.berth.emulator.enrollment.EnrollmentRegister;
import dev.berth.emulator.json.Json;

/** An enrollment as webhooks see it: whole, but without keys. */
final class EnrollmentRecord {
    private EnrollmentRecord() {}

    static ObjectNode of(Enrollment enrollment, EnrollmentRegister register) {
        var kind = enrollment instanceof Enrollment.Group ? EnrollmentKind.GROUP : EnrollmentKind.INDIVIDUAL;
        return register.find(kind, enrollment.id())
                .map(EnrolledDocument::json)
                .orElseGet(() -> nameOf(enrollment));
    }

    /** It may be gone since it let the device in. */
    private static ObjectNode nameOf(Enrollment enrollment) {
        return switch (enrollment) {
            case Enrollment.Group group -> Json.object().put("enrollmentGroupId", group.id());
            case Enrollment.Individual individual ->
                Json.object().put("registrationId", individual.id()).put("deviceId", individual.deviceId());
        };
    }
}
