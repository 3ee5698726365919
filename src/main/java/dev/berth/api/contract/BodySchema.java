package dev.berth.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import dev.berth.api.problem.Violation;
import java.util.List;

/** A JSON schema of the contract that tells in plain words what a value lacks. */
public final class BodySchema {
    private final Schema schema;

    BodySchema(Schema schema) {
        this.schema = schema;
    }

    /** Everything that is wrong with {@code json}, not only the first thing. */
    public List<Violation> violations(JsonNode json) {
        return schema.validate(json).stream()
                .map(error -> Violation.body(pointer(error), detail(error)))
                .distinct()
                .toList();
    }

    private static String pointer(Error error) {
        String owner = error.getInstanceLocation().toString();
        return error.getProperty() == null ? owner : owner + Schemas.pointer(error.getProperty());
    }

    private static String detail(Error error) {
        return switch (error.getKeyword()) {
            case "required" -> "is missing";
            case "additionalProperties", "unevaluatedProperties" -> "is not a member of this object";
            case "enum" -> "must be one of " + error.getArguments()[0];
            case "const" -> "must be " + error.getArguments()[0];
            case "type" -> "must be of type " + error.getArguments()[1] + ", not " + error.getArguments()[0];
            case "minimum" -> "must be at least " + error.getArguments()[0];
            case "maximum" -> "must be at most " + error.getArguments()[0];
            case "pattern" -> "must match " + error.getArguments()[0];
            default -> error.getMessage();
        };
    }
}
