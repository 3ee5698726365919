package dev.berth.api.admin;

import dev.berth.inventory.EnrollmentGroup;
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

/** The enrollment groups of a tenant. */
@Path("/v1/tenants/{tenant}/enrollment-groups")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class EnrollmentGroupResource {
    private final RegisterEndpoint<EnrollmentGroup> endpoint;
    private final Tenants tenants;

    EnrollmentGroupResource(Inventory inventory) {
        this.endpoint = new RegisterEndpoint<>(inventory.enrollmentGroups(), new EnrollmentGroupForm());
        this.tenants = new Tenants(inventory);
    }

    @GET
    public Response listEnrollmentGroups(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        tenants.require(call.tenant());
        return endpoint.list(call);
    }

    @GET
    @Path("{name}")
    public Response getEnrollmentGroup(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        return endpoint.get(call.tenant(), call.name());
    }

    @PUT
    @Path("{name}")
    public Response putEnrollmentGroup(@Context ContainerRequestContext request, byte[] body) {
        var call = Call.in(request);
        return endpoint.put(call, call.name(), body);
    }

    @DELETE
    @Path("{name}")
    public Response deleteEnrollmentGroup(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        return endpoint.delete(call, call.name());
    }
}
