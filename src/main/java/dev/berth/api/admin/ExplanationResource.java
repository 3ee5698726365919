package dev.berth.api.admin;

import dev.berth.explanation.Explainer;
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
        var found = DeviceResource.require(devices, call);
        return Response.ok(ExplanationForm.write(explainer.explain(found.value())))
                .build();
    }
}
