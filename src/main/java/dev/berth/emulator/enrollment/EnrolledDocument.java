package dev.berth.emulator.enrollment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.protocol.Timestamps;
import java.time.Instant;

/** A document as an instance holds it: one version of it. */
public record EnrolledDocument(EnrollmentDocument document, String etag, Instant createdAt, Instant updatedAt) {
    /** What a plain GET shows. */
    public ObjectNode json() {
        return document.withoutKeys()
                .put("etag", etag)
                .put("createdDateTimeUtc", Timestamps.text(createdAt))
                .put("lastUpdatedDateTimeUtc", Timestamps.text(updatedAt));
    }

    public Enrollment enrollment() {
        return document.enrollment();
    }
}
