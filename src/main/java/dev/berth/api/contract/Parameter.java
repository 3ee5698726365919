package dev.berth.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.berth.api.problem.Violation;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A parameter of the path, of the query or among the headers. */
public record Parameter(String name, Violation.Part in, boolean required, String type, BodySchema schema) {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

    static Parameter of(JsonNode node, String type, BodySchema schema) {
        return new Parameter(
                node.path("name").asText(),
                Violation.Part.valueOf(node.path("in").asText().toUpperCase(Locale.ROOT)),
                node.path("required").asBoolean(),
                type,
                schema);
    }

    boolean isQuery(String otherName) {
        return in == Violation.Part.QUERY && name.equals(otherName);
    }

    List<Violation> check(List<String> values) {
        return switch (values.size()) {
            case 0 -> required ? List.of(violation("is missing")) : List.of();
            case 1 ->
                schema.violations(json(values.getFirst())).stream()
                        .map(found -> violation(found.detail()))
                        .toList();
            default -> List.of(violation("may be given once only"));
        };
    }

    private JsonNode json(String text) {
        return switch (type) {
            case "integer" ->
                INTEGER.matcher(text).matches() ? LongNode.valueOf(Long.parseLong(text)) : TextNode.valueOf(text);
            case "boolean" ->
                text.equals("true") || text.equals("false")
                        ? BooleanNode.valueOf(text.equals("true"))
                        : TextNode.valueOf(text);
            default -> TextNode.valueOf(text);
        };
    }

    private Violation violation(String detail) {
        return new Violation(in, Schemas.pointer(name), detail);
    }
}
