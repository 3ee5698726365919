package dev.berth.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemException;
import dev.berth.api.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One method of one path.
 *
 * @param path the template, for example {@code /v1/tenants/{tenant}}
 * @param listeners which listeners have it, as the contract describes them
 * @param isPublic whether it needs no credentials
 * @param roles who may call it; nobody else may
 * @param rolesToCreate who may make it create something
 */
public record Operation(
        String id,
        String method,
        String path,
        List<String> listeners,
        boolean isPublic,
        Set<String> roles,
        Set<String> rolesToCreate,
        List<Parameter> parameters,
        Optional<BodySchema> body) {
    /** How the contract describes the two listeners. */
    public static final String ADMIN_LISTENER = "The admin listener";

    public static final String DEVICE_LISTENER = "The device listener";

    /** Refuses the request unless every parameter is as the contract says; {@code given} has each part's values by name. */
    public void checkParameters(Map<Violation.Part, Map<String, List<String>>> given) {
        var violations = new ArrayList<Violation>();
        parameters.forEach(parameter -> parameter
                .check(given.getOrDefault(parameter.in(), Map.of()).getOrDefault(parameter.name(), List.of()))
                .forEach(violations::add));
        given.getOrDefault(Violation.Part.QUERY, Map.of()).keySet().stream()
                .filter(name -> parameters.stream().noneMatch(parameter -> parameter.isQuery(name)))
                .map(name -> new Violation(
                        Violation.Part.QUERY, Schemas.pointer(name), "is not a parameter of this operation"))
                .forEach(violations::add);
        refuseIfAny(violations);
    }

    /** Reads a body that the contract admits; every other one ends in a problem that names each fault. */
    public ObjectNode readBody(byte[] bytes) {
        JsonNode json = StrictJson.read(bytes);
        refuseIfAny(body.orElseThrow().violations(json));
        return (ObjectNode) json;
    }

    /** Whether {@code otherPath} is one that the template describes. */
    public boolean matches(String otherPath) {
        var segments = path.split("/", -1);
        var others = otherPath.split("/", -1);
        return segments.length == others.length
                && IntStream.range(0, segments.length)
                        .allMatch(i ->
                                segments[i].startsWith("{") ? !others[i].isEmpty() : segments[i].equals(others[i]));
    }

    public boolean isOn(String listener) {
        return listeners.contains(listener);
    }

    private static void refuseIfAny(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw new ProblemException(Problem.validation(violations));
        }
    }
}
