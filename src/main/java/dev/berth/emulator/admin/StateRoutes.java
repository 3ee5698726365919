package dev.berth.emulator.admin;

import dev.berth.emulator.admin.AdminApi.Answer;
import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.instance.Instances;
import dev.berth.emulator.json.InvalidConfigException;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.state.StateFile;
import dev.berth.emulator.state.StateWriter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The state of all instances or of one, as a document that may be too large for memory; one at a time. */
final class StateRoutes {
    private static final Logger LOG = System.getLogger(StateRoutes.class.getName());
    private static final Pattern OF_ONE = Pattern.compile("/instances/([^/]+)/state");

    private final Vertx vertx;
    private final Instances instances;
    private final long bytesMax;
    private final AtomicBoolean busy = new AtomicBoolean();

    StateRoutes(Vertx vertx, Instances instances, long bytesMax) {
        this.vertx = vertx;
        this.instances = instances;
        this.bytesMax = bytesMax;
    }

    /** What a path names: the instances to write, and where to read entries into. */
    private record Scope(Collection<EmulatedInstance> instances, Function<JsonAt, EmulatedInstance> target) {}

    /** Answers a GET or PUT of the state; false for any other request. */
    boolean serve(HttpServerRequest request) {
        var scope = scope(request.path());
        boolean put = request.method().equals(HttpMethod.PUT);
        if (scope == null
                || !(put || request.method().equals(HttpMethod.GET))
                || BrowserGuard.refusal(request).isPresent()) {
            return false;
        }
        if (!busy.compareAndSet(false, true)) {
            AdminApi.reply(request, Answer.error(409, "Another state is being read or written"));
        } else if (put) {
            receive(request, scope);
        } else {
            send(request, scope);
        }
        return true;
    }

    private @Nullable Scope scope(String path) {
        if (path.equals("/state")) {
            return new Scope(instances.all(), StateFile.byIdScopeOrName(instances));
        }
        var one = OF_ONE.matcher(path);
        var instance = one.matches() ? instances.find(one.group(1)) : null;
        return instance == null ? null : new Scope(List.of(instance), json -> instance);
    }

    private void send(HttpServerRequest request, Scope scope) {
        var response = StatusPage.guard(request.response())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8");
        var out = new ResponseStream(response, () -> busy.set(false));
        Thread.ofVirtual().start(() -> {
            try {
                StateWriter.write(scope.instances(), instances.ticker().nanos(), out);
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.WARNING, "state not sent: {0}", e.toString());
                busy.set(false);
                request.connection().close();
            }
        });
    }

    private void receive(HttpServerRequest request, Scope scope) {
        request.pause();
        var draft = draft();
        Upload.receive(vertx, request, draft, bytesMax, outcome -> {
            switch (outcome) {
                case WHOLE -> Thread.ofVirtual().start(() -> finish(request, draft, replaced(scope, draft)));
                case TOO_LARGE ->
                    refuse(request, draft, Answer.error(413, "A state must not be larger than " + bytesMax + " bytes"));
                case TOO_SLOW -> refuse(request, draft, Answer.error(408, "The state did not arrive in time"));
                case BROKEN_OFF -> refuse(request, draft, Answer.error(400, "The state broke off"));
            }
        });
    }

    /** Only its owner can read it. */
    private static Path draft() {
        try {
            return Files.createTempFile("dps-emulator-state", ".json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer replaced(Scope scope, Path draft) {
        try {
            var others = StateFile.read(draft, bytesMax, instances, scope.target());
            instances.replace(others);
            return Answer.ok(AdminJson.reports(others));
        } catch (InvalidConfigException e) {
            var answer = Json.object().put("message", String.valueOf(e.getMessage()));
            return new Answer(400, answer.put("pointer", e.pointer()));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "state not taken", e);
            return Answer.error(500, "Internal server error");
        }
    }

    private void refuse(HttpServerRequest request, Path draft, Answer answer) {
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
        finish(request, draft, answer);
    }

    private void finish(HttpServerRequest request, Path draft, Answer answer) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot delete {0}: {1}", draft, e.toString());
        }
        busy.set(false);
        AdminApi.reply(request, answer);
    }
}
