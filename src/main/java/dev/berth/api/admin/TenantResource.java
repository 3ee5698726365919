package dev.berth.api.admin;

import dev.berth.inventory.Inventory;
import dev.berth.inventory.Tenant;
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

/** The tenants. */
@Path("/v1/tenants")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class TenantResource {
    private final RegisterEndpoint<Tenant> endpoint;

    TenantResource(Inventory inventory) {
        this.endpoint = new RegisterEndpoint<>(inventory.tenants(), new TenantForm());
    }

    @GET
    public Response listTenants(@Context ContainerRequestContext request) {
        return endpoint.listAll(Call.in(request));
    }

    @GET
    @Path("{tenant}")
    public Response getTenant(@Context ContainerRequestContext request) {
        var tenant = Call.in(request).tenant();
        return endpoint.get(tenant, tenant.value());
    }

    @PUT
    @Path("{tenant}")
    public Response putTenant(@Context ContainerRequestContext request, byte[] body) {
        var call = Call.in(request);
        return endpoint.put(call, call.tenant().value(), body);
    }

    @DELETE
    @Path("{tenant}")
    public Response deleteTenant(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        return endpoint.delete(call, call.tenant().value());
    }
}
