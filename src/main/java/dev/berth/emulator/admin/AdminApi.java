package dev.berth.emulator.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.enrollment.Enrollment;
import dev.berth.emulator.https.BodyReader;
import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.instance.Instances;
import dev.berth.emulator.json.InvalidConfigException;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What tests, sandboxes and people ask of the emulator itself; plain HTTP on loopback, without credentials. */
public final class AdminApi implements Handler<HttpServerRequest> {
    private static final Logger LOG = System.getLogger(AdminApi.class.getName());
    private static final int ARRIVALS = 20;
    private static final int ARRIVALS_MAX = 4_000;

    private final Vertx vertx;
    private final Instances instances;
    private final StatusPage page = new StatusPage();

    public AdminApi(Vertx vertx, Instances instances) {
        this.vertx = vertx;
        this.instances = instances;
    }

    @Override
    public void handle(HttpServerRequest request) {
        BodyReader.read(vertx, BodyReader.Limits.DPS, request, body -> reply(request, answer(request, body)), error -> {
            reply(request, AdminAnswer.error(error.status, error.message));
        });
    }

    private AdminAnswer answer(HttpServerRequest request, byte[] body) {
        try {
            return BrowserGuard.refusal(request)
                    .map(reason -> AdminAnswer.error(403, reason))
                    .orElseGet(() -> route(request, body));
        } catch (InvalidConfigException e) {
            var answer = Json.object().put("message", String.valueOf(e.getMessage()));
            return AdminAnswer.json(400, answer.put("pointer", e.pointer()));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "admin request failed", e);
            return AdminAnswer.error(500, "Internal server error");
        }
    }

    private AdminAnswer route(HttpServerRequest request, byte[] body) {
        var file = page.find(request.path());
        if (file != null) {
            return when(request, HttpMethod.GET).orElse(file);
        }
        var parts = List.of(request.path().split("/", -1));
        return switch (parts.size()) {
            case 2 -> all(request, parts.get(1));
            case 3, 4, 5 -> parts.get(1).equals("instances") ? one(request, parts, body) : AdminAnswer.notFound();
            default -> AdminAnswer.notFound();
        };
    }

    private AdminAnswer all(HttpServerRequest request, String part) {
        return switch (part) {
            case "instances" -> get(request, () -> AdminJson.reports(instances.all()));
            case "rates" -> get(request, () -> Recent.rates(instances.all()));
            case "arrivals" ->
                get(
                        request,
                        () -> Recent.arrivals(instances.all(), QueryLimit.of(request, ARRIVALS, ARRIVALS_MAX)));
            default -> AdminAnswer.notFound();
        };
    }

    private AdminAnswer one(HttpServerRequest request, List<String> parts, byte[] body) {
        var instance = instances.find(parts.get(2));
        if (instance == null) {
            return AdminAnswer.notFound();
        }
        return switch (parts.size()) {
            case 3 -> get(request, () -> AdminJson.report(instance));
            case 4 -> part(request, instance, parts.get(3), body);
            default -> entry(request, instance, parts.get(3), parts.get(4), body);
        };
    }

    private static AdminAnswer part(HttpServerRequest request, EmulatedInstance instance, String part, byte[] body) {
        return switch (part) {
            case "arrivals" ->
                get(request, () -> AdminJson.arrivals(instance.arrivals(QueryLimit.of(request, ARRIVALS_MAX, ARRIVALS_MAX))));
            case "rates" -> get(request, () -> Recent.rates(List.of(instance)));
            case "devices" -> get(request, () -> DevicePage.of(request, instance));
            case "faults" -> faults(request, instance, body);
            case "state" ->
                when(request, HttpMethod.DELETE).orElseGet(() -> {
                    instance.deleteState();
                    return AdminAnswer.ok(AdminJson.report(instance));
                });
            default -> AdminAnswer.notFound();
        };
    }

    private static AdminAnswer faults(HttpServerRequest request, EmulatedInstance instance, byte[] body) {
        return when(request, HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE).orElseGet(() -> {
            if (request.method().equals(HttpMethod.PUT)) {
                return AdminAnswer.ok(FaultResource.put(instance, body));
            }
            return AdminAnswer.ok(
                    request.method().equals(HttpMethod.DELETE)
                            ? FaultResource.removeAll(instance)
                            : FaultResource.list(instance));
        });
    }

    private static AdminAnswer entry(
            HttpServerRequest request, EmulatedInstance instance, String part, String id, byte[] body) {
        var enrollments = instance.enrollments();
        boolean delete = request.method().equals(HttpMethod.DELETE);
        return switch (part) {
            case "enrollmentGroups" ->
                when(request, HttpMethod.PUT, HttpMethod.DELETE)
                        .orElseGet(() -> delete
                                ? deleted(enrollments.removeGroup(id))
                                : put(instance, instance.reader().group(named(body, "enrollmentGroupId", id))));
            case "enrollments" ->
                when(request, HttpMethod.PUT, HttpMethod.DELETE)
                        .orElseGet(() -> delete
                                ? deleted(enrollments.removeIndividual(id))
                                : put(instance, instance.reader().individual(named(body, "registrationId", id))));
            case "faults" -> when(request, HttpMethod.DELETE).orElseGet(() -> FaultResource.remove(instance, id));
            default -> AdminAnswer.notFound();
        };
    }

    private static AdminAnswer put(EmulatedInstance instance, Enrollment enrollment) {
        return instance.enrollments()
                .put(enrollment)
                .map(problem -> AdminAnswer.error(409, problem))
                .orElseGet(() -> AdminAnswer.ok(Json.object().put("id", enrollment.id())));
    }

    private static AdminAnswer deleted(boolean existed) {
        return existed ? AdminAnswer.ok(Json.object()) : AdminAnswer.notFound();
    }

    /** The body, which may leave out the name that the path gives and may not give another. */
    private static JsonAt named(byte[] body, String key, String id) {
        var json = JsonAt.root(Json.read(body).orElseThrow(() -> new InvalidConfigException("", "is not JSON")))
                .object();
        if (!json.at(key).absent() && !json.at(key).text().equalsIgnoreCase(id)) {
            throw json.at(key).invalid("is not the name in the path");
        }
        ((ObjectNode) json.node()).put(key, id);
        return json;
    }

    private static AdminAnswer get(HttpServerRequest request, Supplier<? extends JsonNode> body) {
        return when(request, HttpMethod.GET).orElseGet(() -> AdminAnswer.ok(body.get()));
    }

    private static Optional<AdminAnswer> when(HttpServerRequest request, HttpMethod... allowed) {
        if (Arrays.asList(allowed).contains(request.method())) {
            return Optional.empty();
        }
        request.response()
                .putHeader(
                        HttpHeaders.ALLOW,
                        String.join(
                                ", ",
                                Arrays.stream(allowed).map(HttpMethod::name).toList()));
        return Optional.of(AdminAnswer.error(405, "Method not allowed"));
    }

    private static void reply(HttpServerRequest request, AdminAnswer answer) {
        var response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(answer.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("Content-Security-Policy", StatusPage.CONTENT_SECURITY_POLICY)
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(Buffer.buffer(answer.body()));
    }
}
