package dev.berth.api.admin;

import dev.berth.forecast.Forecasts;
import dev.berth.inventory.Inventory;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** How a DPS instance is used, and what will become of it. */
@Path("/v1/tenants/{tenant}/dps-instances/{name}/forecast")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class DpsInstanceForecastResource {
    private final Forecasts forecasts;
    private final DpsInstances instances;

    DpsInstanceForecastResource(Forecasts forecasts, Inventory inventory) {
        this.forecasts = forecasts;
        this.instances = new DpsInstances(inventory);
    }

    @GET
    public Response getDpsInstanceForecast(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        var forecast = forecasts.of(instances.require(call), PoolForecastResource.devices(call));
        return Response.ok(ForecastForm.write(forecast)).build();
    }
}
