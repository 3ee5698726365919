package dev.berth.api.admin;

import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemException;
import dev.berth.api.problem.ProblemType;
import dev.berth.inventory.Change;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.Inventory;
import dev.berth.inventory.Versioned;
import dev.berth.region.InstanceMoves;
import dev.berth.region.RegionId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** A DPS instance gets another home region. */
@Path("/v1/tenants/{tenant}/dps-instances/{name}/move")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class DpsInstanceMoveResource {
    private final Inventory inventory;
    private final InstanceMoves moves;
    private final RegisterEndpoint<DpsInstance> endpoint;

    DpsInstanceMoveResource(Inventory inventory, InstanceMoves moves) {
        this.inventory = inventory;
        this.moves = moves;
        this.endpoint = new RegisterEndpoint<>(inventory.dpsInstances(), new DpsInstanceForm());
    }

    @POST
    public Response moveDpsInstance(@Context ContainerRequestContext request, byte[] body) {
        var call = Call.in(request);
        var to = new RegionId(call.operation().readBody(body).path("homeRegion").asText());
        Versioned<DpsInstance> found = inventory
                .dpsInstances()
                .find(call.tenant(), call.name())
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemType.NOT_FOUND)));
        return endpoint.changed(move(call, found, to));
    }

    /** What was begun for another version than the caller saw would be for nothing. */
    private Change<DpsInstance> move(Call call, Versioned<DpsInstance> found, RegionId to) {
        return switch (Versions.match(call)) {
            case Versions.Match.Exactly(var version) when !version.equals(found.version()) -> new Change.Stale<>();
            case Versions.Match.Exactly _, Versions.Match.Any _, Versions.Match.Absent _ ->
                moves.move(found.value(), found.version(), to);
        };
    }
}
