package dev.berth.emulator.enrollment;

import java.util.List;
import java.util.Optional;

/**
 * Some documents in the order of their keys.
 *
 * @param next the key after which the next page begins; none after the last
 */
public record EnrollmentPage(List<EnrolledDocument> items, Optional<String> next) {}
