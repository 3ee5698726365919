package dev.berth.api.device;

import dev.berth.api.problem.ProblemPage;
import java.util.Optional;

/** The addresses devices call; each takes one method, the contract's. */
enum DeviceRoute {
    ID_SCOPE("GET", "/v1/id-scope", "application/json"),
    RESULT("POST", "/v1/registrations/me/result", "application/json"),
    PROBLEMS("GET", ProblemPage.PATH, "text/markdown");

    /** The label of requests that name no route. */
    static final String NONE = "none";

    private final String method;
    private final String path;
    private final String mediaType;

    DeviceRoute(String method, String path, String mediaType) {
        this.mediaType = mediaType;
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

    /** What its good answers are written in. */
    String mediaType() {
        return mediaType;
    }

    /** The value of {@code Allow}. No HEAD: to ask for an ID scope takes a slot, which a device that wants no answer should not. */
    String allow() {
        return method;
    }
}
