package dev.berth.api.admin;

import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemException;
import dev.berth.api.problem.ProblemType;
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
    private final Inventory inventory;

    DpsInstanceForecastResource(Forecasts forecasts, Inventory inventory) {
        this.forecasts = forecasts;
        this.inventory = inventory;
    }

    @GET
    public Response getDpsInstanceForecast(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        var instance = inventory
                .dpsInstances()
                .find(call.tenant(), call.name())
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemType.NOT_FOUND)));
        var forecast = forecasts.of(instance.value(), PoolForecastResource.devices(call));
        return Response.ok(ForecastForm.write(forecast)).build();
    }
}
