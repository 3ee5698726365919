package dev.berth.emulator.enrollment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.json.JsonAt;
import java.util.function.Predicate;

/**
 * An enrollment with everything that its author wrote about it.
 *
 * @param enrollment what of it decides over devices
 * @param json the whole of it, keys included, without etag and times
 */
public record EnrollmentDocument(Enrollment enrollment, ObjectNode json) {
    /**
     * Reads and checks one.
     *
     * @param linked whether a hub of that host name is linked
     * @throws dev.berth.emulator.json.InvalidConfigException naming what is wrong
     */
    public static EnrollmentDocument read(
            EnrollmentKind kind, JsonAt json, EnrollmentReader reader, Predicate<String> linked) {
        var enrollment = switch (kind) {
            case GROUP -> reader.group(json);
            case INDIVIDUAL -> reader.individual(json);
        };
        DocumentRules.check(json, linked);
        return new EnrollmentDocument(enrollment, WholeDocument.of((ObjectNode) json.node(), enrollment));
    }

    public EnrollmentKind kind() {
        return switch (enrollment) {
            case Enrollment.Group group -> EnrollmentKind.GROUP;
            case Enrollment.Individual individual -> EnrollmentKind.INDIVIDUAL;
        };
    }

    /** How devices prove themselves, keys included. */
    public ObjectNode attestation() {
        return json.withObject("/attestation").deepCopy();
    }

    /** A copy for everybody's eyes: the member for symmetric keys is there and empty, as clients read it without looking. */
    public ObjectNode withoutKeys() {
        var shown = json.deepCopy();
        if (enrollment.attestation() instanceof Attestation.SymmetricKey) {
            shown.withObject("/attestation").putObject("symmetricKey");
        }
        return shown;
    }

    boolean refersTo(String certificateAuthority) {
        var references = json.at("/attestation/x509/caReferences");
        return certificateAuthority.equalsIgnoreCase(references.path("primary").textValue())
                || certificateAuthority.equalsIgnoreCase(
                        references.path("secondary").textValue());
    }

    /** Documents hold keys. */
    @Override
    public String toString() {
        return "EnrollmentDocument[" + kind() + ' ' + enrollment.id() + ']';
    }
}
