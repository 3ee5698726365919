package dev.berth.emulator.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.berth.emulator.enrollment.EnrolledDocument;
import dev.berth.emulator.enrollment.EnrollmentKind;
import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.json.InvalidConfigException;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.Decision;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.EtagCondition;

/** Several enrollments at once: each is done or refused by itself, and the answer names those that were refused. */
record BulkCall(EmulatedInstance instance, EnrollmentKind kind, Answers answers) {
    private enum Mode {
        CREATE,
        UPDATE,
        UPDATE_IF_MATCH_E_TAG,
        DELETE
    }

    ServiceAnswer run(ServiceRequest request) {
        return switch (RequestBody.object(request)) {
            case Decision.Refused<JsonAt>(var error, var detail) -> answers.refused(error, detail);
            case Decision.Done<JsonAt>(var body) -> run(body);
        };
    }

    private ServiceAnswer run(JsonAt body) {
        if (body.at("mode").absent()) {
            throw body.at("mode").invalid("is missing");
        }
        var mode = body.at("mode").oneOf(Mode.class, Mode.CREATE);
        var items = body.at(kind.collection)
                .elements(instance.config().quotas().caps().bulkMax());
        if (items.isEmpty()) {
            throw body.at(kind.collection).invalid("must not be empty");
        }
        var errors = Json.array();
        items.forEach(item -> run(mode, item, errors));
        var result = Json.object().put("isSuccessful", errors.isEmpty());
        result.set("errors", errors);
        return ServiceAnswer.ok(result);
    }

    private void run(Mode mode, JsonAt item, ArrayNode errors) {
        switch (decided(mode, item)) {
            case Decision.Done<EnrolledDocument> done -> {}
            case Decision.Refused<EnrolledDocument>(var error, var detail) ->
                errors.addObject()
                        .put(kind.idMember, item.node().path(kind.idMember).asText(""))
                        .put("errorCode", error.code)
                        .put("errorStatus", detail.isEmpty() ? error.message : error.message + ' ' + detail);
        }
    }

    private Decision<EnrolledDocument> decided(Mode mode, JsonAt item) {
        try {
            var register = instance.register();
            return switch (mode) {
                case CREATE -> register.create(kind, item);
                case UPDATE -> register.replace(kind, item, new EtagCondition.Existing());
                case UPDATE_IF_MATCH_E_TAG -> register.replace(kind, item, ownEtag(item));
                case DELETE ->
                    register.remove(kind, item.object().at(kind.idMember).text(), new EtagCondition.None());
            };
        } catch (InvalidConfigException e) {
            return Decision.refused(DpsError.MALFORMED_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private static EtagCondition ownEtag(JsonAt item) {
        return EtagCondition.of(item.object().at("etag").text());
    }
}
