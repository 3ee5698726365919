package dev.berth.api.admin;

import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemException;
import dev.berth.api.problem.ProblemType;
import dev.berth.enrollment.EnrollmentSyncs;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Inventory;
import dev.berth.inventory.Pools;
import dev.berth.inventory.Versioned;
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
    private final EnrollmentSyncs syncs;
    private final Inventory inventory;
    private final Pools pools;
    private final InstantSource clock;

    EnrollmentSyncResource(EnrollmentSyncs syncs, Inventory inventory, Pools pools, InstantSource clock) {
        this.syncs = syncs;
        this.inventory = inventory;
        this.pools = pools;
        this.clock = clock;
    }

    @GET
    public Response getEnrollmentSync(@Context ContainerRequestContext request) {
        return answer(Response.ok(), instance(Call.in(request)).id());
    }

    @POST
    public Response runEnrollmentSync(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        var instance = instance(call);
        if (!syncs.request(instance)) {
            throw new ProblemException(Problem.of(
                    ProblemType.CONFLICT, "The instance is disabled, or names no serviceCredentials to call it with."));
        }
        return answer(Response.accepted().header("Operation-Location", call.path()), instance.id());
    }

    private DpsInstance instance(Call call) {
        return inventory
                .dpsInstances()
                .find(call.tenant(), call.name())
                .map(Versioned::value)
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemType.NOT_FOUND)));
    }

    private Response answer(Response.ResponseBuilder response, DpsInstanceId instance) {
        return response.entity(
                        EnrollmentSyncForm.write(instance, syncs.lastRun(instance), pools.snapshot(), clock.instant()))
                .build();
    }
}
