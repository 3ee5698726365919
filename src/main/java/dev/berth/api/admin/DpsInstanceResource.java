package dev.berth.api.admin;

import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.Inventory;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The DPS instances of a tenant. */
@Path("/v1/tenants/{tenant}/dps-instances")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class DpsInstanceResource {
    private final RegisterEndpoint<DpsInstance> endpoint;
    private final Tenants tenants;

    DpsInstanceResource(Inventory inventory) {
        this.endpoint = new RegisterEndpoint<>(inventory.dpsInstances(), new DpsInstanceForm());
        this.tenants = new Tenants(inventory);
    }

    @GET
    public Response listDpsInstances(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        tenants.require(call.tenant());
        return endpoint.list(call);
    }

    @GET
    @Path("{name}")
    public Response getDpsInstance(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        return endpoint.get(call.tenant(), call.name());
    }

    @PUT
    @Path("{name}")
    public Response putDpsInstance(@Context ContainerRequestContext request, byte[] body) {
        var call = Call.in(request);
        return endpoint.put(call, call.name(), body);
    }

    @DELETE
    @Path("{name}")
    public Response deleteDpsInstance(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        return endpoint.delete(call, call.name());
    }
}
