package dev.berth.emulator.enrollment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.Caps;
import dev.berth.emulator.protocol.Decision;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.EtagCondition;
import dev.berth.emulator.protocol.Etags;
import dev.berth.emulator.protocol.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The enrollment documents of one instance, each with its etag and times. Whatever is written here decides over devices
 * from then on. Methods that take JSON throw {@link dev.berth.emulator.json.InvalidConfigException} naming what is wrong.
 */
public final class EnrollmentRegister {
    private final Enrollments deciding;
    private final Caps caps;
    private final Ticker ticker;
    private final Supplier<EnrollmentReader> reader;
    private final Predicate<String> linked;
    private final NavigableMap<String, EnrolledDocument> groups = new TreeMap<>();
    private final NavigableMap<String, EnrolledDocument> individuals = new TreeMap<>();

    /**
     * A register without documents.
     *
     * @param reader knows the CAs that may be referred to now
     * @param linked whether a hub of that host name is linked now
     */
    public EnrollmentRegister(
            Enrollments deciding,
            Caps caps,
            Ticker ticker,
            Supplier<EnrollmentReader> reader,
            Predicate<String> linked) {
        this.deciding = deciding;
        this.caps = caps;
        this.ticker = ticker;
        this.reader = reader;
        this.linked = linked;
    }

    public synchronized Optional<EnrolledDocument> find(EnrollmentKind kind, String id) {
        return Optional.ofNullable(of(kind).get(key(id)));
    }

    /** Writes a document that must not be there yet. */
    public synchronized Decision<EnrolledDocument> create(EnrollmentKind kind, JsonAt json) {
        return find(kind, id(kind, json)).isPresent()
                ? Decision.refused(DpsError.ENROLLMENT_EXISTS, "")
                : put(kind, json);
    }

    /** Writes a new version of a document that must be there. */
    public synchronized Decision<EnrolledDocument> replace(EnrollmentKind kind, JsonAt json, EtagCondition condition) {
        return when(kind, id(kind, json), condition, before -> put(kind, json));
    }

    /** Writes a document, whether it is there or not. */
    public synchronized Decision<EnrolledDocument> put(EnrollmentKind kind, JsonAt json) {
        var before = of(kind).get(key(id(kind, json)));
        return store(EnrollmentDocument.read(kind, completed(json, before), reader.get(), linked), before);
    }

    /** Takes in a document that has been read before. */
    public synchronized Decision<EnrolledDocument> add(EnrollmentDocument document) {
        return store(document, null);
    }

    /** Takes in a document with the etag and times that it had elsewhere. */
    public synchronized Decision<EnrolledDocument> restore(EnrolledDocument entry) {
        var decision = find(entry.document().kind(), entry.enrollment().id()).isPresent()
                ? Decision.<EnrolledDocument>refused(
                        DpsError.ENROLLMENT_EXISTS, entry.enrollment().id())
                : add(entry.document());
        if (decision instanceof Decision.Done<EnrolledDocument>) {
            of(entry.document().kind()).put(key(entry.enrollment().id()), entry);
        }
        return decision;
    }

    /** All documents, groups first. */
    public synchronized List<EnrolledDocument> all() {
        return Stream.concat(groups.values().stream(), individuals.values().stream())
                .toList();
    }

    public synchronized Decision<EnrolledDocument> remove(EnrollmentKind kind, String id, EtagCondition condition) {
        return when(kind, id, condition, before -> {
            of(kind).remove(key(id));
            switch (kind) {
                case GROUP -> deciding.removeGroup(id);
                case INDIVIDUAL -> deciding.removeIndividual(id);
            }
            return Decision.done(before);
        });
    }

    /** Up to {@code limit} documents whose key follows {@code after}; keys do not move when others come and go. */
    public synchronized EnrollmentPage page(EnrollmentKind kind, String after, int limit) {
        var items = new ArrayList<EnrolledDocument>();
        for (var entry : of(kind).tailMap(after, false).values()) {
            if (items.size() == limit) {
                return new EnrollmentPage(
                        items, Optional.of(key(items.getLast().enrollment().id())));
            }
            items.add(entry);
        }
        return new EnrollmentPage(items, Optional.empty());
    }

    /** Whether any document refers to a CA by its name. */
    public synchronized boolean referTo(String certificateAuthority) {
        return Stream.concat(groups.values().stream(), individuals.values().stream())
                .anyMatch(entry -> entry.document().refersTo(certificateAuthority));
    }

    private interface Step {
        Decision<EnrolledDocument> from(EnrolledDocument before);
    }

    private Decision<EnrolledDocument> when(EnrollmentKind kind, String id, EtagCondition condition, Step step) {
        var before = of(kind).get(key(id));
        if (before == null) {
            return Decision.refused(DpsError.ENROLLMENT_NOT_FOUND, "");
        }
        return condition.holdsFor(before.etag())
                ? step.from(before)
                : Decision.refused(DpsError.PRECONDITION_FAILED, "");
    }

    private Decision<EnrolledDocument> store(EnrollmentDocument document, @Nullable EnrolledDocument before) {
        var full = reachedCap(document.enrollment());
        if (full.isPresent()) {
            return Decision.refused(DpsError.CAP_REACHED, full.get());
        }
        var taken = deciding.put(document.enrollment());
        if (taken.isPresent()) {
            return Decision.refused(DpsError.CONFLICT, taken.get());
        }
        var now = ticker.now();
        var entry = new EnrolledDocument(document, Etags.random(), before == null ? now : before.createdAt(), now);
        of(document.kind()).put(key(document.enrollment().id()), entry);
        return Decision.done(entry);
    }

    private Optional<String> reachedCap(Enrollment enrollment) {
        return switch (enrollment) {
            case Enrollment.Individual individual ->
                reached(EnrollmentKind.INDIVIDUAL, individual, "individual enrollments", caps.enrollmentsMax());
            case Enrollment.Group group ->
                group.attestation() instanceof Attestation.SymmetricKey
                        ? reached(
                                EnrollmentKind.GROUP,
                                group,
                                "symmetric key enrollment groups",
                                caps.symmetricKeyGroupsMax())
                        : reached(EnrollmentKind.GROUP, group, "X.509 enrollment groups", caps.x509GroupsMax());
        };
    }

    private Optional<String> reached(EnrollmentKind kind, Enrollment enrollment, String name, int max) {
        var own = key(enrollment.id());
        long others = kind == EnrollmentKind.INDIVIDUAL
                ? of(kind).size() - (of(kind).containsKey(own) ? 1 : 0)
                : of(kind).entrySet().stream()
                        .filter(entry -> !entry.getKey().equals(own))
                        .filter(entry -> bySymmetricKey(entry.getValue().enrollment()) == bySymmetricKey(enrollment))
                        .count();
        return others < max ? Optional.empty() : Optional.of(max + " " + name);
    }

    private static boolean bySymmetricKey(Enrollment enrollment) {
        return enrollment.attestation() instanceof Attestation.SymmetricKey;
    }

    private static JsonAt completed(JsonAt json, @Nullable EnrolledDocument before) {
        return before != null && json.node() instanceof ObjectNode sent
                ? new JsonAt(Carryover.completed(sent, before.document().json()), json.pointer())
                : json;
    }

    private NavigableMap<String, EnrolledDocument> of(EnrollmentKind kind) {
        return switch (kind) {
            case GROUP -> groups;
            case INDIVIDUAL -> individuals;
        };
    }

    private static String id(EnrollmentKind kind, JsonAt json) {
        return json.object().at(kind.idMember).text();
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
