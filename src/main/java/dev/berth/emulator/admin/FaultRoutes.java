package dev.berth.emulator.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.admin.AdminApi.Answer;
import dev.berth.emulator.fault.FaultJson;
import dev.berth.emulator.fault.FaultKind;
import dev.berth.emulator.fault.FaultReader;
import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.json.InvalidConfigException;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;

/** The faults of one instance, put and ended at run time. */
final class FaultRoutes {
    private FaultRoutes() {}

    static Answer all(HttpServerRequest request, EmulatedInstance instance, byte[] body) {
        return AdminApi.when(request, HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE)
                .orElseGet(() -> Answer.ok(
                        switch (request.method().name()) {
                            case "PUT" -> put(instance, body);
                            case "DELETE" -> removeAll(instance);
                            default -> list(instance);
                        }));
    }

    private static ObjectNode list(EmulatedInstance instance) {
        return FaultJson.list(instance.faults().list());
    }

    /** One fault joins those of other kinds; a list replaces them all. */
    private static ObjectNode put(EmulatedInstance instance, byte[] body) {
        var json = JsonAt.root(Json.read(body).orElseThrow(() -> new InvalidConfigException("", "is not JSON")));
        var faults = FaultReader.faults(json);
        if (FaultReader.isList(json)) {
            instance.faults().removeAll();
        }
        faults.forEach(instance::inflict);
        return list(instance);
    }

    private static ObjectNode removeAll(EmulatedInstance instance) {
        instance.faults().removeAll();
        return list(instance);
    }

    static Answer remove(EmulatedInstance instance, String kind) {
        boolean existed = Arrays.stream(FaultKind.values())
                .filter(known -> known.wireName.equals(kind))
                .anyMatch(instance.faults()::remove);
        return existed ? Answer.ok(list(instance)) : AdminApi.notFound();
    }
}
