package dev.berth.api.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Holds what a listener answers to the contract: status, headers and body, members that are not documented included. */
public final class Conformance {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Contract contract = Contract.load();
    private final Schemas schemas;

    public Conformance() {
        var components = contract.document().path("components").deepCopy();
        close(components);
        schemas = new Schemas(components);
    }

    public Contract contract() {
        return contract;
    }

    public Operation operation(String id) {
        return contract.operation(id).orElseThrow();
    }

    /** All routes of a listener, each as {@code GET /v1/tenants/{tenant}}: compare with those that it serves. */
    public Set<String> routes(String listener) {
        return contract.operations().stream()
                .filter(operation -> operation.isOn(listener))
                .map(operation -> operation.method() + " " + operation.path())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Fails unless the contract documents such an answer of the operation. Header names are in lower case. */
    public void check(Operation operation, int status, Map<String, List<String>> headers, byte[] body) {
        var what = operation.id() + " answered " + status + " " + new String(body, UTF_8);
        var responses = node(operation).path("responses");
        var response = contract.resolve(responses.path(Integer.toString(status)));
        if (response.isMissingNode()) {
            assertThat(status).as("%s, which has to be documented", what).isIn(405, 414, 431);
            response = contract.resolve(responses.path("default"));
        }
        checkHeaders(what, response, headers);
        checkBody(what, response.path("content"), headers, body);
    }

    private void checkHeaders(String what, JsonNode response, Map<String, List<String>> headers) {
        response.path("headers").properties().forEach(header -> {
            var definition = contract.resolve(header.getValue());
            var values = headers.getOrDefault(header.getKey().toLowerCase(Locale.ROOT), List.of());
            if (definition.path("required").asBoolean()) {
                assertThat(values)
                        .as("%s with header %s", what, header.getKey())
                        .hasSize(1);
            }
            values.forEach(value -> assertThat(
                            schemas.compile(definition.path("schema")).violations(typed(definition, value)))
                    .as("%s with header %s: %s", what, header.getKey(), value)
                    .isEmpty());
        });
    }

    private void checkBody(String what, JsonNode content, Map<String, List<String>> headers, byte[] body) {
        if (content.isMissingNode()) {
            assertThat(body).as("%s without a body", what).isEmpty();
            return;
        }
        var type = headers.getOrDefault("content-type", List.of("")).getFirst().replaceAll(";.*", "");
        assertThat(content.has(type)).as("%s with media type %s", what, type).isTrue();
        if (type.endsWith("json")) {
            assertThat(schemas.compile(content.path(type).path("schema")).violations(json(body)))
                    .as("%s with %s", what, new String(body, UTF_8))
                    .isEmpty();
        }
    }

    /** Each example of the operation's request body. */
    public List<byte[]> examples(Operation operation) {
        return node(operation)
                .at("/requestBody/content/application~1json/examples")
                .valueStream()
                .map(example -> example.path("value").toString().getBytes(UTF_8))
                .toList();
    }

    private JsonNode node(Operation operation) {
        return contract.document()
                .path("paths")
                .path(operation.path())
                .path(operation.method().toLowerCase(Locale.ROOT));
    }

    private static JsonNode typed(JsonNode header, String value) {
        return header.path("schema").path("type").asText().equals("integer")
                ? json(value.getBytes(UTF_8))
                : TextNode.valueOf(value);
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new AssertionError("not JSON", e);
        }
    }

    /** Clients have to bear new members; the service must not have any that the contract does not know. */
    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("type").asText().equals("object")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Conformance::close);
    }
}
