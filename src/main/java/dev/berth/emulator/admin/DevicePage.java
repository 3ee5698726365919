package dev.berth.emulator.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.json.Json;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** One page of the device identities that an instance's hubs would hold. */
final class DevicePage {
    private static final int PAGE_DEVICES = 100;
    private static final int PAGE_DEVICES_MAX = 1_000;

    private DevicePage() {}

    static ObjectNode of(HttpServerRequest request, EmulatedInstance instance) {
        int limit = QueryLimit.of(request, PAGE_DEVICES, PAGE_DEVICES_MAX);
        var after = request.getParam("after");
        var page = instance.registrations().page(after == null ? "" : after, limit);
        var body = Json.object();
        var value = body.putArray("value");
        page.forEach(registration -> value.add(AdminJson.device(registration)));
        if (page.size() == limit) {
            var last = URLEncoder.encode(page.getLast().registrationId(), StandardCharsets.UTF_8);
            body.put("nextLink", request.path() + "?limit=" + limit + "&after=" + last);
        }
        return body;
    }
}
