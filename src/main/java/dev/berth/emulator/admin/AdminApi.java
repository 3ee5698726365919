package dev.berth.emulator.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.enrollment.EnrolledDocument;
import dev.berth.emulator.enrollment.EnrollmentKind;
import dev.berth.emulator.https.BodyReader;
import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.instance.Instances;
import dev.berth.emulator.instance.PlacesReader;
import dev.berth.emulator.json.InvalidConfigException;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.Decision;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.EtagCondition;
import dev.berth.emulator.state.StateFile;
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
    private final StateRoutes state;

    public AdminApi(Vertx vertx, Instances instances) {
        this(vertx, instances, StateFile.BYTES_MAX);
    }

    AdminApi(Vertx vertx, Instances instances, long stateBytesMax) {
        this.state = new StateRoutes(vertx, instances, stateBytesMax);
        this.vertx = vertx;
        this.instances = instances;
    }

    /** A status and what to say with it. */
    record Answer(int status, JsonNode body) {
        static Answer ok(JsonNode body) {
            return new Answer(200, body);
        }

        static Answer error(int status, String message) {
            return new Answer(status, Json.object().put("message", message));
        }

        static Answer refused(DpsError error, String detail) {
            var body = Json.object().put("code", error.code);
            return new Answer(error.status, body.put("message", (error.message + ' ' + detail).strip()));
        }
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (page.serve(request) || state.serve(request)) {
            return;
        }
        BodyReader.read(vertx, BodyReader.Limits.DPS, request, body -> reply(request, answer(request, body)), error -> {
            reply(request, Answer.error(error.status, error.message));
        });
    }

    private Answer answer(HttpServerRequest request, byte[] body) {
        try {
            return BrowserGuard.refusal(request)
                    .map(reason -> Answer.error(403, reason))
                    .orElseGet(() -> route(request, body));
        } catch (InvalidConfigException e) {
            var answer = Json.object().put("message", String.valueOf(e.getMessage()));
            return new Answer(400, answer.put("pointer", e.pointer()));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "admin request failed", e);
            return Answer.error(500, "Internal server error");
        }
    }

    private Answer route(HttpServerRequest request, byte[] body) {
        var certificates = CertificatePath.of(request.path(), instances);
        if (certificates.isPresent()) {
            return new CertificateRoutes(certificates.get(), request, body).answer();
        }
        var parts = List.of(request.path().split("/", -1));
        if (parts.size() == 2) {
            return all(request, parts.get(1));
        }
        if (parts.size() < 2 || !parts.get(1).equals("instances")) {
            return notFound();
        }
        var instance = instances.find(parts.get(2));
        if (instance == null) {
            return notFound();
        }
        return switch (parts.size()) {
            case 3 -> get(request, () -> AdminJson.report(instance));
            case 4 -> part(request, instance, parts.get(3), body);
            case 5 -> entry(request, instance, parts.get(3), parts.get(4), body);
            default -> notFound();
        };
    }

    private Answer all(HttpServerRequest request, String part) {
        return switch (part) {
            case "instances" -> get(request, () -> AdminJson.reports(instances.all()));
            case "rates" -> get(request, () -> Recent.rates(instances.all()));
            case "arrivals" ->
                get(request, () -> Recent.arrivals(instances.all(), QueryLimit.of(request, ARRIVALS, ARRIVALS_MAX)));
            default -> notFound();
        };
    }

    private static Answer part(HttpServerRequest request, EmulatedInstance instance, String part, byte[] body) {
        return switch (part) {
            case "arrivals" ->
                get(
                        request,
                        () -> AdminJson.arrivals(
                                instance.registrations().arrivals(QueryLimit.of(request, ARRIVALS_MAX, ARRIVALS_MAX))));
            case "rates" -> get(request, () -> Recent.rates(List.of(instance)));
            case "devices" -> get(request, () -> DevicePage.of(request, instance));
            case "faults" -> FaultRoutes.all(request, instance, body);
            case "hubs" -> when(request, HttpMethod.GET).orElseGet(() -> HubRoutes.list(instance));
            case "places" ->
                when(request, HttpMethod.PUT).orElseGet(() -> {
                    instance.places(PlacesReader.read(json(body)));
                    return Answer.ok(Json.object());
                });
            case "state" ->
                when(request, HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE)
                        .orElseGet(() -> stateDeleted(request, instance));
            default -> notFound();
        };
    }

    /** Reading and replacing a state is {@link StateRoutes}' part; whatever of it comes here must not delete one. */
    private static Answer stateDeleted(HttpServerRequest request, EmulatedInstance instance) {
        if (!request.method().equals(HttpMethod.DELETE)) {
            return notFound();
        }
        instance.deleteState();
        return Answer.ok(AdminJson.report(instance));
    }

    private static Answer entry(
            HttpServerRequest request, EmulatedInstance instance, String part, String id, byte[] body) {
        return switch (part) {
            case "enrollmentGroups" -> enrollment(request, instance, EnrollmentKind.GROUP, id, body);
            case "enrollments" -> enrollment(request, instance, EnrollmentKind.INDIVIDUAL, id, body);
            case "hubs" -> HubRoutes.one(request, instance, id, body);
            case "faults" -> when(request, HttpMethod.DELETE).orElseGet(() -> FaultRoutes.remove(instance, id));
            default -> notFound();
        };
    }

    private static Answer enrollment(
            HttpServerRequest request, EmulatedInstance instance, EnrollmentKind kind, String id, byte[] body) {
        boolean delete = request.method().equals(HttpMethod.DELETE);
        return when(request, HttpMethod.PUT, HttpMethod.DELETE).orElseGet(() -> {
            var decision = delete
                    ? instance.register().remove(kind, id, new EtagCondition.None())
                    : instance.register().put(kind, named(body, kind.idMember, id));
            return switch (decision) {
                case Decision.Done<EnrolledDocument>(var entry) ->
                    Answer.ok(Json.object().put("id", entry.enrollment().id()));
                case Decision.Refused<EnrolledDocument>(var error, var detail) -> Answer.refused(error, detail);
            };
        });
    }

    /** The body, which may leave out the name that the path gives and may not give another. */
    private static JsonAt named(byte[] body, String key, String id) {
        var json = json(body).object();
        if (!json.at(key).absent() && !json.at(key).text().equalsIgnoreCase(id)) {
            throw json.at(key).invalid("is not the name in the path");
        }
        ((ObjectNode) json.node()).put(key, id);
        return json;
    }

    private static Answer get(HttpServerRequest request, Supplier<? extends JsonNode> body) {
        return when(request, HttpMethod.GET).orElseGet(() -> Answer.ok(body.get()));
    }

    private static JsonAt json(byte[] body) {
        return JsonAt.root(Json.read(body).orElseThrow(() -> new InvalidConfigException("", "is not JSON")));
    }

    static Optional<Answer> when(HttpServerRequest request, HttpMethod... allowed) {
        if (Arrays.asList(allowed).contains(request.method())) {
            return Optional.empty();
        }
        request.response()
                .putHeader(
                        HttpHeaders.ALLOW,
                        String.join(
                                ", ",
                                Arrays.stream(allowed).map(HttpMethod::name).toList()));
        return Optional.of(Answer.error(405, "Method not allowed"));
    }

    static Answer notFound() {
        return Answer.error(404, "Not found");
    }

    static void reply(HttpServerRequest request, Answer answer) {
        var response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        StatusPage.guard(response.setStatusCode(answer.status()));
        if (answer.status() == 204) {
            response.end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
                .end(Buffer.buffer(Json.writePretty(answer.body())));
    }
}
