package dev.berth.api.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemException;
import dev.berth.api.problem.ProblemType;
import dev.berth.api.problem.Problems;
import dev.berth.identity.TrustAnchor;
import dev.berth.inventory.Change;
import dev.berth.inventory.Inventory;
import dev.berth.inventory.Inventory.CodeRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The trust anchors of a tenant. */
@Path("/v1/tenants/{tenant}/trust-anchors")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class TrustAnchorResource {
    private final RegisterEndpoint<TrustAnchor> endpoint;
    private final Tenants tenants;
    private final Inventory inventory;

    TrustAnchorResource(Inventory inventory) {
        this.endpoint = new RegisterEndpoint<>(inventory.trustAnchors(), new TrustAnchorForm());
        this.tenants = new Tenants(inventory);
        this.inventory = inventory;
    }

    @GET
    public Response listTrustAnchors(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        tenants.require(call.tenant());
        return endpoint.list(call);
    }

    @GET
    @Path("{name}")
    public Response getTrustAnchor(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        return endpoint.get(call.tenant(), call.name());
    }

    @PUT
    @Path("{name}")
    public Response putTrustAnchor(@Context ContainerRequestContext request, byte[] body) {
        var call = Call.in(request);
        return endpoint.put(call, call.name(), body);
    }

    @DELETE
    @Path("{name}")
    public Response deleteTrustAnchor(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        return endpoint.delete(call, call.name());
    }

    @POST
    @Path("{name}/verification-code")
    public Response createVerificationCode(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        return switch (inventory.requestCode(call.tenant(), call.name())) {
            case CodeRequest.Issued(var challenge) ->
                Response.ok(JsonNodeFactory.instance
                                .objectNode()
                                .put("code", challenge.code())
                                .put("expiresAt", challenge.expiresAt().toString()))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build();
            case CodeRequest.NotIssued(var why) -> throw raced(why);
        };
    }

    @POST
    @Path("{name}/verify")
    public Response verifyTrustAnchor(@Context ContainerRequestContext request, byte[] body) {
        var call = Call.in(request);
        var proof = PemCertificate.read(call.operation().readBody(body), "certificate");
        return switch (inventory.verify(call.tenant(), call.name(), proof)) {
            case Change.Done<TrustAnchor> done -> endpoint.changed(done);
            case Change<TrustAnchor> why -> throw raced(why);
        };
    }

    /** These requests name no version, so somebody else's change at the same moment is a conflict and no failed condition. */
    private static ProblemException raced(Change<TrustAnchor> why) {
        return new ProblemException(
                why instanceof Change.Stale<TrustAnchor>
                        ? Problem.of(ProblemType.CONFLICT, "The anchor was changed at the same moment; try again.")
                        : Problems.of(why).orElseThrow());
    }
}
