package dev.berth.api.device;

import dev.berth.api.problem.ProblemPage;
import java.util.Optional;

/** The addresses devices call; each takes one method, and OPTIONS. */
enum DeviceRoute {
    ID_SCOPE("GET", "/v1/id-scope"),
    RESULT("POST", "/v1/registrations/me/result"),
    PROBLEMS("GET", ProblemPage.PATH);

    /** The label of requests that name no route. */
    static final String NONE = "none";

    private final String method;
    private final String path;

    DeviceRoute(String method, String path) {
        this.method = method;
        this.path = path;
    }

    static Optional<DeviceRoute> at(String path) {
        for (var route : values()) {
            if (route.path.equals(path)) {
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    /** The value of {@code Allow}. No HEAD: to ask for an ID scope takes a slot, which a device that wants no answer should not. */
    String allow() {
        return method + ", OPTIONS";
    }
}
