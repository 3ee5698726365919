package dev.berth.api.admin;

import dev.berth.api.problem.Violation.Part;
import dev.berth.forecast.Forecasts;
import dev.berth.identity.TrustAnchor;
import dev.berth.inventory.Inventory;
import dev.berth.inventory.Versioned;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** How the pools of a tenant are used, and what will become of them: one for each verified trust anchor. */
@Path("/v1/tenants/{tenant}/pool-forecasts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class PoolForecastResource {
    private static final long DEVICES_DEFAULT = 1_000;

    private final Forecasts forecasts;
    private final Inventory inventory;
    private final Tenants tenants;

    PoolForecastResource(Forecasts forecasts, Inventory inventory) {
        this.forecasts = forecasts;
        this.inventory = inventory;
        this.tenants = new Tenants(inventory);
    }

    /** For how many more devices the caller wants to know how long they would take. */
    static long devices(Call call) {
        return call.get(Part.QUERY, "devices").map(Long::parseLong).orElse(DEVICES_DEFAULT);
    }

    @GET
    public Response listPoolForecasts(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        tenants.require(call.tenant());
        var page = inventory.trustAnchors().list(call.tenant(), Lists.limit(call), Lists.cursor(call));
        var anchors = page.values().stream()
                .map(Versioned::value)
                .filter(TrustAnchor::proven)
                .map(TrustAnchor::name)
                .toList();
        var values = forecasts.of(call.tenant(), anchors, devices(call)).stream()
                .map(ForecastForm::write)
                .toList();
        return Lists.answer(call, values, page.cursor());
    }
}
