package dev.berth.emulator.https;

import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.instance.Instances;
import dev.berth.emulator.protocol.Ticker;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;

/**
 * Finds out whom a request is for: devices find every instance at the shared listener, by the ID scope in the path; an
 * instance's own listener, or its real name as the host, also leads to its service API.
 */
public final class InstanceHandler {
    private final Instances instances;
    private final Handler<HttpServerRequest> devices;
    private final ServiceHandler service;

    public InstanceHandler(
            Vertx vertx,
            BodyReader.Limits limits,
            Instances instances,
            Handler<HttpServerRequest> devices,
            Ticker ticker) {
        this.instances = instances;
        this.devices = devices;
        this.service = new ServiceHandler(vertx, limits, ticker);
    }

    /** Of the listener that all share. */
    public Handler<HttpServerRequest> shared() {
        return request -> {
            var host = request.getHeader(HttpHeaders.HOST);
            var instance = host == null ? null : instances.byHost(host);
            if (instance == null) {
                devices.handle(request);
            } else {
                handle(request, instance, false);
            }
        };
    }

    /** Of the listener of one instance. */
    public Handler<HttpServerRequest> only(EmulatedInstance instance) {
        var idScope = instance.config().idScope();
        return request -> handle(request, Objects.requireNonNullElse(instances.find(idScope), instance), true);
    }

    /** The device API answers here as well, for the devices of this instance. */
    private void handle(HttpServerRequest request, EmulatedInstance instance, boolean ownPort) {
        if (first(request.path()).equalsIgnoreCase(instance.config().idScope())) {
            devices.handle(request);
        } else {
            service.handle(request, instance, ownPort);
        }
    }

    private static String first(String path) {
        var parts = path.split("/", 3);
        return parts.length < 2 ? "" : parts[1];
    }
}
