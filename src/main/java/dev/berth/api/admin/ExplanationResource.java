package dev.berth.api.admin;

import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemException;
import dev.berth.api.problem.ProblemType;
import dev.berth.api.problem.Violation.Part;
import dev.berth.explanation.Explainer;
import dev.berth.identity.RegistrationId;
import dev.berth.provisioning.Devices;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Why a device is where it is. */
@Path("/v1/tenants/{tenant}/devices/{registrationId}/explain")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class ExplanationResource {
    private final Devices devices;
    private final Explainer explainer;

    ExplanationResource(Devices devices, Explainer explainer) {
        this.devices = devices;
        this.explainer = explainer;
    }

    @GET
    public Response explainDevice(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        var id = new RegistrationId(call.get(Part.PATH, "registrationId").orElseThrow());
        var found = devices.find(call.tenant(), id)
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemType.NOT_FOUND)));
        return Response.ok(ExplanationForm.write(explainer.explain(found.value())))
                .build();
    }
}
