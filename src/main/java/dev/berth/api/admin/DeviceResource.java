package dev.berth.api.admin;

import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemException;
import dev.berth.api.problem.ProblemType;
import dev.berth.api.problem.Violation;
import dev.berth.api.problem.Violation.Part;
import dev.berth.identity.RegistrationId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Inventory;
import dev.berth.inventory.Pools;
import dev.berth.inventory.Versioned;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DevicePage;
import dev.berth.provisioning.DeviceState;
import dev.berth.provisioning.Devices;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;

/** The devices of a tenant. */
@Path("/v1/tenants/{tenant}/devices")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class DeviceResource {
    private final Devices devices;
    private final Pools pools;
    private final Tenants tenants;

    DeviceResource(Devices devices, Pools pools, Inventory inventory) {
        this.devices = devices;
        this.pools = pools;
        this.tenants = new Tenants(inventory);
    }

    @GET
    public Response listDevices(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        tenants.require(call.tenant());
        var page = page(call);
        var inventory = pools.snapshot();
        var values = page.devices().stream()
                .map(found -> DeviceForm.write(found.value(), inventory))
                .toList();
        return Lists.answer(call, values, page.cursor());
    }

    @GET
    @Path("{registrationId}")
    public Response getDevice(@Context ContainerRequestContext request) {
        var call = Call.in(request);
        var found = require(devices, call);
        return Response.ok(DeviceForm.write(found.value(), pools.snapshot()))
                .tag(Versions.tag(found.version()))
                .build();
    }

    /** The device that the path names. */
    static Versioned<Device> require(Devices devices, Call call) {
        var id = new RegistrationId(call.get(Part.PATH, "registrationId").orElseThrow());
        return devices.find(call.tenant(), id)
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemType.NOT_FOUND)));
    }

    private DevicePage page(Call call) {
        var state = call.get(Part.QUERY, "state").map(name -> DeviceState.Kind.valueOf(name.toUpperCase(Locale.ROOT)));
        var instance = call.get(Part.QUERY, "dpsInstance").map(name -> new DpsInstanceId(call.tenant(), name));
        if (state.isPresent() && instance.isPresent()) {
            throw new ProblemException(Problem.validation(
                    List.of(new Violation(Part.QUERY, "/state", "cannot be combined with dpsInstance"))));
        }
        int limit = Lists.limit(call);
        var cursor = Lists.cursor(call);
        if (instance.isPresent()) {
            return devices.byInstance(instance.get(), limit, cursor);
        }
        return state.isPresent()
                ? devices.byOwnerAndState(call.tenant(), state.get(), limit, cursor)
                : devices.byOwner(call.tenant(), limit, cursor);
    }
}
