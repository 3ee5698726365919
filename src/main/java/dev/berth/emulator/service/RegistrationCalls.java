package dev.berth.emulator.service;

import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.instance.Registration;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.Decision;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.EtagCondition;
import java.util.Locale;

/** The registrations of one instance, to be read and deleted. */
record RegistrationCalls(EmulatedInstance instance, Answers answers) {
    ServiceAnswer get(String registrationId) {
        var known = instance.registrations().find(registrationId);
        return known == null
                ? answers.refused(DpsError.REGISTRATION_NOT_FOUND, "")
                : ServiceAnswer.ok(
                        RegistrationState.of(known, instance.registrations().status(known)));
    }

    ServiceAnswer delete(String registrationId, ServiceRequest request) {
        var condition = EtagCondition.of(request.headers().ifMatch());
        return switch (instance.registrations().remove(registrationId, condition)) {
            case Decision.Done<Registration> done -> ServiceAnswer.NO_CONTENT;
            case Decision.Refused<Registration>(var error, var detail) -> answers.refused(error, detail);
        };
    }

    /** A body is welcome and not asked for. The group may be gone: what its devices registered is found all the same. */
    ServiceAnswer query(String enrollmentGroupId, ServiceRequest request) {
        if (request.body().length > 0) {
            switch (RequestBody.object(request)) {
                case Decision.Done<JsonAt>(var body) -> {
                    if (!body.at("query").absent()) {
                        QueryText.check(body);
                    }
                }
                case Decision.Refused<JsonAt>(var error, var detail) -> {
                    return answers.refused(error, detail);
                }
            }
        }
        var list = "registrations/" + enrollmentGroupId.toLowerCase(Locale.ROOT);
        var paging = Paging.of(request, list, instance.config().quotas().caps().pageItemsMax());
        var page = instance.registrations().pageOfGroup(enrollmentGroupId, paging.after(), paging.limit());
        var items = Json.array();
        page.items()
                .forEach(known -> items.add(
                        RegistrationState.of(known, instance.registrations().status(known))));
        return paging.answer(items, "deviceRegistration", page.next());
    }
}
