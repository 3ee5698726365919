package dev.berth.api.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemException;
import dev.berth.api.problem.ProblemType;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What Berth does at a DPS instance now and then: how far the newest run of it is, and the wish for one now.
 *
 * @param request wants a run; false if the instance cannot be called
 * @param newest how the newest run of an instance looks in JSON, also where there never was one
 */
record RunEndpoint(DpsInstances instances, Predicate<DpsInstance> request, Function<DpsInstanceId, ObjectNode> newest) {

    Response get(Call call) {
        return answer(Response.ok(), instances.require(call));
    }

    Response run(Call call) {
        var instance = instances.require(call);
        if (!request.test(instance)) {
            throw new ProblemException(
                    Problem.of(
                            ProblemType.CONFLICT,
                            "The instance is disabled, names no serviceCredentials to call it with, or is at home in another region: ask there."));
        }
        return answer(Response.accepted().header("Operation-Location", call.path()), instance);
    }

    private Response answer(Response.ResponseBuilder response, DpsInstance instance) {
        return response.entity(newest.apply(instance.id())).build();
    }
}
