package dev.berth.emulator.instance;

import dev.berth.emulator.enrollment.EnrolledDocument;
import dev.berth.emulator.enrollment.UploadedAuthority;
import java.util.List;

/**
 * All that an instance holds at one moment and would miss after a restart.
 *
 * @param authorities its CAs
 * @param documents its enrollments, keys included
 * @param report its counts
 * @param registrations its records, in the order of their keys
 */
public record InstanceContents(
        List<IotHub> hubs,
        List<UploadedAuthority> authorities,
        List<EnrolledDocument> documents,
        InstanceReport report,
        List<Registration> registrations) {
    /** Documents hold keys. */
    @Override
    public String toString() {
        return "InstanceContents[" + report + ']';
    }
}
