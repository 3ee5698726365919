package dev.berth.emulator.enrollment;

/** The two collections of enrollments, and what their documents call their own name. */
public enum EnrollmentKind {
    GROUP("enrollmentGroupId", "enrollmentGroups", "enrollmentGroup"),
    INDIVIDUAL("registrationId", "enrollments", "enrollment");

    public final String idMember;
    /** Its path segment and its member in a bulk operation. */
    public final String collection;
    /** What {@code x-ms-item-type} says. */
    public final String itemType;

    EnrollmentKind(String idMember, String collection, String itemType) {
        this.idMember = idMember;
        this.collection = collection;
        this.itemType = itemType;
    }
}
