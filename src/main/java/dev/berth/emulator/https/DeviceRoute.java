package dev.berth.emulator.https;

import dev.berth.emulator.device.DeviceCall;
import io.vertx.core.http.HttpMethod;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a request line asks of the device API. */
sealed interface DeviceRoute {
    /** Something about one device. */
    record Found(DeviceCall call) implements DeviceRoute {}

    /** The path is known, the method is not. */
    record OtherMethod(String allow) implements DeviceRoute {}

    /** No such path. */
    record Unknown() implements DeviceRoute {}

    static DeviceRoute of(HttpMethod method, String path) {
        var parts = parts(path);
        if (parts.size() < 3 || !parts.get(1).equalsIgnoreCase("registrations")) {
            return new Unknown();
        }
        String idScope = parts.get(0);
        String registrationId = parts.get(2);
        if (parts.size() == 3) {
            return when(method, HttpMethod.POST, new DeviceCall.StatusLookup(idScope, registrationId));
        }
        if (parts.size() == 4 && parts.get(3).equalsIgnoreCase("register")) {
            return when(method, HttpMethod.PUT, new DeviceCall.Register(idScope, registrationId));
        }
        if (parts.size() == 5 && parts.get(3).equalsIgnoreCase("operations")) {
            return when(method, HttpMethod.GET, new DeviceCall.OperationStatus(idScope, registrationId, parts.get(4)));
        }
        return new Unknown();
    }

    private static DeviceRoute when(HttpMethod method, HttpMethod allowed, DeviceCall call) {
        return method.equals(allowed) ? new Found(call) : new OtherMethod(allowed.name());
    }

    /** The decoded segments; none if an escape is broken or a segment is empty. */
    private static List<String> parts(String path) {
        var parts = new ArrayList<String>();
        for (String part : path.substring(path.startsWith("/") ? 1 : 0).split("/", -1)) {
            try {
                parts.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException broken) {
                return List.of();
            }
        }
        return parts.contains("") ? List.of() : parts;
    }
}
