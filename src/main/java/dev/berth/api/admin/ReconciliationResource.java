package dev.berth.api.admin;

import dev.berth.api.problem.Violation.Part;
import dev.berth.inventory.Inventory;
import dev.berth.lifecycle.Finding;
import dev.berth.lifecycle.PeriodicReconciliation;
import dev.berth.store.InvalidCursorException;
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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a DPS instance really holds. */
@Path("/v1/tenants/{tenant}/dps-instances/{name}/reconciliation")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class ReconciliationResource {
    private final PeriodicReconciliation reconciliations;
    private final DpsInstances instances;
    private final RunEndpoint endpoint;

    ReconciliationResource(PeriodicReconciliation reconciliations, Inventory inventory, InstantSource clock) {
        this.reconciliations = reconciliations;
        this.instances = new DpsInstances(inventory);
        this.endpoint = new RunEndpoint(
                instances,
                reconciliations::request,
                instance -> ReconciliationForm.write(instance, reconciliations.newest(instance), clock.instant()));
    }

    @GET
    public Response getReconciliation(@Context ContainerRequestContext request) {
        return endpoint.get(Call.in(request));
    }

    @POST
    public Response runReconciliation(@Context ContainerRequestContext request) {
        return endpoint.run(Call.in(request));
    }

    @GET
    @Path("findings")
    public Response listReconciliationFindings(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        var instance = instances.require(call).id();
        var found = kinds(call).stream()
                .flatMap(kind -> reconciliations.findings(instance, kind).stream())
                .toList();
        int from = start(Lists.cursor(call), found.size());
        int to = Math.min(found.size(), from + Lists.limit(call));
        var values = found.subList(from, to).stream()
                .map(finding -> ReconciliationForm.write(instance, finding))
                .toList();
        return Lists.answer(call, values, to < found.size() ? Integer.toString(to) : null);
    }

    private static List<Finding.Kind> kinds(Call call) {
        return call.get(Part.QUERY, "kind")
                .map(name -> List.of(ReconciliationForm.kind(name)))
                .orElseGet(() -> Arrays.asList(Finding.Kind.values()));
    }

    /** There are a thousand findings at most, so a place among them is a number; there may be fewer than a moment ago. */
    private static int start(@Nullable String cursor, int size) {
        try {
            int from = cursor == null ? 0 : Integer.parseInt(cursor);
            if (from < 0) {
                throw new InvalidCursorException();
            }
            return Math.min(from, size);
        } catch (NumberFormatException e) {
            throw new InvalidCursorException();
        }
    }
}
