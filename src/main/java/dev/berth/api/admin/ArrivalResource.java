package dev.berth.api.admin;

import dev.berth.inventory.Inventory;
import dev.berth.scheduling.ArrivalLog;
import dev.berth.scheduling.SchedulingSettings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** How late the devices of a DPS instance come. */
@Path("/v1/tenants/{tenant}/dps-instances/{name}/arrivals")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class ArrivalResource {
    private final DpsInstances instances;
    private final ArrivalLog arrivals;
    private final SchedulingSettings settings;

    ArrivalResource(Inventory inventory, ArrivalLog arrivals, SchedulingSettings settings) {
        this.instances = new DpsInstances(inventory);
        this.arrivals = arrivals;
        this.settings = settings;
    }

    @GET
    public Response getArrivals(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        return Response.ok(ArrivalForm.write(instances.require(call), arrivals, settings))
                .build();
    }
}
