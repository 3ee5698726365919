package dev.berth.emulator.service;

import dev.berth.emulator.enrollment.EnrollmentKind;
import dev.berth.emulator.instance.Permission;

/** What one request of the service API asks. */
sealed interface ServiceCall {
    /** {@code GET /enrollments/{id}}, {@code GET /enrollmentGroups/{id}} */
    record GetEnrollment(EnrollmentKind kind, String id) implements ServiceCall {}

    /** {@code PUT /enrollments/{id}}, {@code PUT /enrollmentGroups/{id}} */
    record PutEnrollment(EnrollmentKind kind, String id) implements ServiceCall {}

    /** {@code DELETE /enrollments/{id}}, {@code DELETE /enrollmentGroups/{id}} */
    record DeleteEnrollment(EnrollmentKind kind, String id) implements ServiceCall {}

    /** {@code POST /enrollments/{id}/attestationmechanism}, {@code POST /enrollmentGroups/{id}/attestationmechanism} */
    record GetAttestation(EnrollmentKind kind, String id) implements ServiceCall {}

    /** {@code POST /enrollments/query}, {@code POST /enrollmentGroups/query} */
    record QueryEnrollments(EnrollmentKind kind) implements ServiceCall {}

    /** {@code POST /enrollments}, {@code POST /enrollmentGroups} */
    record Bulk(EnrollmentKind kind) implements ServiceCall {}

    /** {@code GET /registrations/{registrationId}} */
    record GetRegistration(String registrationId) implements ServiceCall {}

    /** {@code DELETE /registrations/{registrationId}} */
    record DeleteRegistration(String registrationId) implements ServiceCall {}

    /** {@code POST /registrations/{enrollmentGroupId}/query} */
    record QueryRegistrations(String enrollmentGroupId) implements ServiceCall {}

    default Permission permission() {
        return switch (this) {
            case GetEnrollment get -> Permission.ENROLLMENT_READ;
            case GetAttestation get -> Permission.ENROLLMENT_READ;
            case QueryEnrollments query -> Permission.ENROLLMENT_READ;
            case PutEnrollment put -> Permission.ENROLLMENT_WRITE;
            case DeleteEnrollment delete -> Permission.ENROLLMENT_WRITE;
            case Bulk bulk -> Permission.ENROLLMENT_WRITE;
            case GetRegistration get -> Permission.REGISTRATION_STATUS_READ;
            case QueryRegistrations query -> Permission.REGISTRATION_STATUS_READ;
            case DeleteRegistration delete -> Permission.REGISTRATION_STATUS_WRITE;
        };
    }
}
