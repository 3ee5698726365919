package dev.berth.api.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemException;
import dev.berth.api.problem.ProblemType;
import dev.berth.api.problem.Problems;
import dev.berth.identity.TenantId;
import dev.berth.inventory.Catalog;
import dev.berth.inventory.Change;
import dev.berth.inventory.Register;
import dev.berth.inventory.Versioned;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** What REST does with a {@link Register}, the same for every kind of resource. */
record RegisterEndpoint<T>(Register<T> register, Form<T> form) {

    Response get(TenantId tenant, String name) {
        var found =
                register.find(tenant, name).orElseThrow(() -> new ProblemException(Problem.of(ProblemType.NOT_FOUND)));
        return answer(Response.ok(), found);
    }

    Response list(Call call) {
        return list(call, register.list(call.tenant(), Lists.limit(call), Lists.cursor(call)));
    }

    Response listAll(Call call) {
        return list(call, register.listAll(Lists.limit(call), Lists.cursor(call)));
    }

    Response put(Call call, String name, byte[] body) {
        var value = form.read(call.tenant(), name, call.operation().readBody(body));
        return switch (Versions.match(call)) {
            case Versions.Match.Absent() -> create(call, name, value);
            case Versions.Match.Any() ->
                replace(
                        value,
                        register.find(call.tenant(), name)
                                .map(Versioned::version)
                                .orElseThrow(RegisterEndpoint::nothing));
            case Versions.Match.Exactly(var version) -> replace(value, version);
        };
    }

    Response delete(Call call, String name) {
        var expected = Versions.match(call) instanceof Versions.Match.Exactly(var version) ? version : null;
        done(register.delete(call.tenant(), name, expected));
        return Response.noContent().build();
    }

    /** The answer of a change that does not create: the resource, or why nothing changed. */
    Response changed(Change<T> change) {
        return answer(Response.ok(), done(change));
    }

    private Response create(Call call, String name, T value) {
        if (register.find(call.tenant(), name).isPresent()) {
            throw refusal(call, new Change.Exists<>());
        }
        call.caller().ifPresent(caller -> Access.requireToCreate(caller, call.operation(), call.tenant()));
        return switch (register.create(value)) {
            case Change.Done<T>(var created) -> answer(Response.created(URI.create(call.path())), created);
            case Change<T> change -> throw refusal(call, change);
        };
    }

    private Response replace(T value, String expectedVersion) {
        return switch (register.replace(value, expectedVersion)) {
            case Change.Missing<T> missing -> throw nothing();
            case Change<T> change -> changed(change);
        };
    }

    private Response list(Call call, Catalog.Listing<T> page) {
        var values =
                page.values().stream().map(found -> form.write(found.value())).toList();
        return Lists.answer(call, values, page.cursor());
    }

    private Response answer(Response.ResponseBuilder response, Versioned<T> found) {
        ObjectNode json = form.write(found.value());
        return response.entity(json).tag(Versions.tag(found.version())).build();
    }

    private Versioned<T> done(Change<T> change) {
        return switch (change) {
            case Change.Done<T>(var value) -> value;
            case Change<T> other ->
                throw new ProblemException(Problems.of(other).orElseThrow());
        };
    }

    private ProblemException refusal(Call call, Change<T> change) {
        return change instanceof Change.Exists<T> && Versions.createOnly(call)
                ? new ProblemException(Problem.of(ProblemType.PRECONDITION_FAILED, "It exists already."))
                : new ProblemException(Problems.of(change).orElseThrow());
    }

    private static ProblemException nothing() {
        return new ProblemException(Problem.of(ProblemType.PRECONDITION_FAILED, "There is nothing to replace."));
    }
}
