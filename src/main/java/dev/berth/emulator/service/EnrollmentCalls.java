package dev.berth.emulator.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.enrollment.EnrolledDocument;
import dev.berth.emulator.enrollment.Enrollment;
import dev.berth.emulator.enrollment.EnrollmentKind;
import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.Decision;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.EtagCondition;
import java.util.function.Function;

/** The enrollments or enrollment groups of one instance. */
record EnrollmentCalls(EmulatedInstance instance, EnrollmentKind kind, Answers answers) {
    ServiceAnswer get(String id) {
        return found(id, this::shown);
    }

    ServiceAnswer attestation(String id) {
        return found(id, entry -> entry.document().attestation());
    }

    private ServiceAnswer found(String id, Function<EnrolledDocument, ObjectNode> view) {
        return instance.register()
                .find(kind, id)
                .map(entry -> ServiceAnswer.ok(view.apply(entry)))
                .orElseGet(() -> answers.refused(DpsError.ENROLLMENT_NOT_FOUND, ""));
    }

    /** An individual enrollment shows what has become of its device. */
    private ObjectNode shown(EnrolledDocument entry) {
        var json = entry.json();
        if (entry.enrollment() instanceof Enrollment.Individual individual) {
            var known = instance.registrations().find(individual.id());
            if (known != null && known.enrollmentGroupId() == null) {
                json.set(
                        "registrationState",
                        RegistrationState.of(known, instance.registrations().status(known)));
            }
        }
        return json;
    }

    /** Without an etag in the header it is a creation: one that is only in the body asks for nothing. */
    ServiceAnswer put(String id, ServiceRequest request) {
        return switch (RequestBody.object(request)) {
            case Decision.Refused<JsonAt>(var error, var detail) -> answers.refused(error, detail);
            case Decision.Done<JsonAt>(var body) -> {
                if (!body.at(kind.idMember).text().equalsIgnoreCase(id)) {
                    throw body.at(kind.idMember).invalid("is not the name in the path");
                }
                var condition = EtagCondition.of(request.headers().ifMatch());
                yield answer(
                        condition instanceof EtagCondition.None
                                ? instance.register().create(kind, body)
                                : instance.register().replace(kind, body, condition));
            }
        };
    }

    private ServiceAnswer answer(Decision<EnrolledDocument> decision) {
        return switch (decision) {
            case Decision.Done<EnrolledDocument>(var entry) -> ServiceAnswer.ok(shown(entry));
            case Decision.Refused<EnrolledDocument>(var error, var detail) -> answers.refused(error, detail);
        };
    }

    ServiceAnswer delete(String id, ServiceRequest request) {
        var condition = EtagCondition.of(request.headers().ifMatch());
        return switch (instance.register().remove(kind, id, condition)) {
            case Decision.Done<EnrolledDocument> done -> ServiceAnswer.NO_CONTENT;
            case Decision.Refused<EnrolledDocument>(var error, var detail) -> answers.refused(error, detail);
        };
    }

    ServiceAnswer query(ServiceRequest request) {
        return switch (RequestBody.object(request)) {
            case Decision.Refused<JsonAt>(var error, var detail) -> answers.refused(error, detail);
            case Decision.Done<JsonAt>(var body) -> {
                QueryText.check(body);
                yield page(request);
            }
        };
    }

    private ServiceAnswer page(ServiceRequest request) {
        var paging = Paging.of(
                request, kind.collection, instance.config().quotas().caps().pageItemsMax());
        var page = instance.register().page(kind, paging.after(), paging.limit());
        var items = Json.array();
        page.items().forEach(entry -> items.add(shown(entry)));
        return paging.answer(items, kind.itemType, page.next());
    }
}
