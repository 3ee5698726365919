package dev.berth.emulator.instance;

import dev.berth.emulator.enrollment.CertificateAuthority;
import dev.berth.emulator.enrollment.EnrollmentDocument;
import java.util.List;

/**
 * The enrollments that an instance starts with.
 *
 * @param certificateAuthorities what {@code caReferences} of the documents may name
 * @param documents in the order in which they are added
 */
public record EnrollmentList(List<CertificateAuthority> certificateAuthorities, List<EnrollmentDocument> documents) {
    public static final EnrollmentList EMPTY = new EnrollmentList(List.of(), List.of());
}
