package dev.berth.emulator.instance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.enrollment.Credential;
import dev.berth.emulator.enrollment.Enrollment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The registration record of one device, which is also the device identity and twin that its hub would hold. There may be
 * a million: texts are shared with the enrollment and the hubs, instants and UUIDs are numbers.
 *
 * @param enrollmentGroupId the group that let it in, or null for an individual enrollment
 * @param hub null as long as none was ever given
 * @param firstHub the hub it was given when it first registered
 * @param createdMicros when the record was made, since the epoch
 * @param twin {@code tags} and {@code properties.desired} as they were set; shared, never changed
 * @param payload what the webhook answers the device
 */
public record Registration(
        String registrationId,
        String deviceId,
        @Nullable String enrollmentGroupId,
        @Nullable String hub,
        @Nullable String firstHub,
        Substatus substatus,
        Credential credential,
        long createdMicros,
        @Nullable JsonNode twin,
        @Nullable JsonNode payload,
        Operation operation) {
    private Registration(
            String registrationId,
            Enrollment enrollment,
            Credential credential,
            long createdMicros,
            HubAssignment assignment,
            Operation operation) {
        this(
                registrationId,
                deviceId(registrationId, enrollment),
                groupId(enrollment),
                assignment.hub(),
                assignment.firstHub(),
                assignment.substatus(),
                credential,
                createdMicros,
                assignment.twin(),
                assignment.payload(),
                operation);
    }

    /** A new record of a device that an enrollment lets in. */
    static Registration first(
            String registrationId, Enrollment enrollment, Credential credential, Operation operation) {
        return new Registration(
                registrationId, enrollment, credential, operation.begunMicros(), HubAssignment.NONE, operation);
    }

    /** The record when an enrollment, be it another one, lets the device in again. */
    Registration again(Enrollment enrollment, Credential credential, Operation operation) {
        return new Registration(registrationId, enrollment, credential, createdMicros, assignment(), operation);
    }

    /** The record when its operation is over, for good or for bad. */
    Registration settled(HubAssignment assignment, Operation operation) {
        return new Registration(
                registrationId,
                deviceId,
                enrollmentGroupId,
                assignment.hub(),
                assignment.firstHub(),
                assignment.substatus(),
                credential,
                createdMicros,
                assignment.twin(),
                assignment.payload(),
                operation);
    }

    HubAssignment assignment() {
        return new HubAssignment(hub, firstHub, substatus, twin, payload);
    }

    private static String deviceId(String registrationId, Enrollment enrollment) {
        return enrollment instanceof Enrollment.Individual individual ? individual.deviceId() : registrationId;
    }

    private static @Nullable String groupId(Enrollment enrollment) {
        return enrollment instanceof Enrollment.Group group ? group.id() : null;
    }

    RegistrationStatus status(long now) {
        if (!operation.done(now)) {
            return RegistrationStatus.ASSIGNING;
        }
        return operation.failure() == null ? RegistrationStatus.ASSIGNED : RegistrationStatus.FAILED;
    }

    public Instant createdAt() {
        return Micros.instant(createdMicros);
    }

    public Instant updatedAt() {
        return Micros.instant(operation.begunMicros());
    }
}
