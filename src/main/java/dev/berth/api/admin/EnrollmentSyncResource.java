package dev.berth.api.admin;

import dev.berth.enrollment.EnrollmentSyncs;
import dev.berth.inventory.Inventory;
import dev.berth.inventory.Pools;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;

/** Whether a DPS instance holds the enrollment groups that it should. */
@Path("/v1/tenants/{tenant}/dps-instances/{name}/enrollment-sync")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class EnrollmentSyncResource {
    private final RunEndpoint endpoint;

    EnrollmentSyncResource(EnrollmentSyncs syncs, Inventory inventory, Pools pools, InstantSource clock) {
        this.endpoint = new RunEndpoint(
                new DpsInstances(inventory),
                syncs::request,
                instance ->
                        EnrollmentSyncForm.write(instance, syncs.lastRun(instance), pools.snapshot(), clock.instant()));
    }

    @GET
    public Response getEnrollmentSync(@Context ContainerRequestContext request) {
        return endpoint.get(Call.in(request));
    }

    @POST
    public Response runEnrollmentSync(@Context ContainerRequestContext request) {
        return endpoint.run(Call.in(request));
    }
}
