package dev.berth.emulator.admin;

import dev.berth.emulator.admin.AdminApi.Answer;
import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.instance.HubJson;
import dev.berth.emulator.instance.IotHub;
import dev.berth.emulator.json.InvalidConfigException;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.Decision;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/** The IoT hubs that are linked to an instance. */
final class HubRoutes {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

    private HubRoutes() {}

    static Answer list(EmulatedInstance instance) {
        var list = Json.object();
        var value = list.putArray("value");
        instance.hubs().all().forEach(hub -> value.add(HubJson.of(hub)));
        return Answer.ok(list);
    }

    static Answer one(HttpServerRequest request, EmulatedInstance instance, String name, byte[] body) {
        var other = AdminApi.when(request, HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE);
        if (other.isPresent()) {
            return other.get();
        }
        return switch (request.method().name()) {
            case "PUT" -> answer(instance.hubs().put(hub(instance, name, body)));
            case "DELETE" -> answer(instance.hubs().remove(name));
            default ->
                instance.hubs()
                        .find(name)
                        .map(hub -> Answer.ok(HubJson.of(hub)))
                        .orElseGet(AdminApi::notFound);
        };
    }

    private static Answer answer(Decision<IotHub> decision) {
        return switch (decision) {
            case Decision.Done<IotHub>(var hub) -> Answer.ok(HubJson.of(hub));
            case Decision.Refused<IotHub>(var error, var detail) -> Answer.refused(error, detail);
        };
    }

    /** What is left out stays as it is, or is as usual for a hub that was not linked. */
    private static IotHub hub(EmulatedInstance instance, String name, byte[] body) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidConfigException("/hostName", "must match " + NAME.pattern());
        }
        var before = instance.hubs().find(name).orElseGet(() -> IotHub.of(name));
        if (body.length == 0) {
            return before;
        }
        var json = JsonAt.root(Json.read(body).orElseThrow(() -> new InvalidConfigException("", "is not JSON")))
                .object();
        json.at("hostName")
                .optionalText()
                .filter(other -> !before.isNamed(other))
                .ifPresent(other -> {
                    throw json.at("hostName").invalid("is not the name in the path");
                });
        return HubJson.changed(before, json);
    }
}
