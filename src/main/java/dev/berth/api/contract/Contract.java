package dev.berth.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The committed {@code openapi.yaml}, as the service reads it at start: what it accepts, and from whom. */
public final class Contract {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final JsonNode document;
    private final Schemas schemas;
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    private Contract(JsonNode document) {
        this.document = document;
        this.schemas = new Schemas(document.path("components"));
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .map(method -> operation(path.getKey(), path.getValue(), method.getKey(), method.getValue()))
                        .forEach(operation -> operations.put(operation.id(), operation)));
    }

    /** The contract that comes with the program; a fault in it stops the start. */
    public static Contract load() {
        return new Contract(ContractFile.DOCUMENT);
    }

    public Collection<Operation> operations() {
        return operations.values();
    }

    /** The operation of this {@code operationId}. */
    public Optional<Operation> operation(String id) {
        return Optional.ofNullable(operations.get(id));
    }

    /** The methods that a listener has at {@code path}, for example {@code GET, PUT}; empty if it has no such path. */
    public String methods(String listener, String path) {
        return operations.values().stream()
                .filter(operation -> operation.isOn(listener) && operation.matches(path))
                .map(Operation::method)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** The whole document, for tests that hold the service to it. */
    public JsonNode document() {
        return document;
    }

    /** Follows {@code $ref}, if {@code node} is one, within the document. */
    public JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    private Operation operation(String path, JsonNode item, String method, JsonNode node) {
        var body = node.path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        return new Operation(
                node.path("operationId").asText(),
                method.toUpperCase(Locale.ROOT),
                path,
                listeners(node, item),
                node.path("security").isArray() && node.path("security").isEmpty(),
                texts(node.path("x-roles")),
                texts(node.path(node.has("x-roles-create") ? "x-roles-create" : "x-roles")),
                Stream.of(item, node).flatMap(this::parameters).toList(),
                body.isMissingNode() ? Optional.empty() : Optional.of(schemas.compile(body)));
    }

    private Stream<Parameter> parameters(JsonNode holder) {
        return holder.path("parameters").valueStream().map(this::resolve).map(node -> {
            var schema = node.path("schema");
            var type = resolve(schema).path("type").asText("string");
            return Parameter.of(node, type, schemas.compile(schema));
        });
    }

    private List<String> listeners(JsonNode operation, JsonNode item) {
        return Stream.of(operation, item, document)
                .map(holder -> holder.path("servers"))
                .filter(JsonNode::isArray)
                .findFirst()
                .stream()
                .flatMap(JsonNode::valueStream)
                .map(server -> server.path("description").asText())
                .toList();
    }

    private static Set<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return Set.copyOf(texts);
    }
}
