package dev.berth.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.util.Locale;

/** Compiles the contract's schemas. */
final class Schemas {
    private final SchemaRegistry registry = SchemaRegistry.withDialect(
            Dialects.getOpenApi31(),
            builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                    .locale(Locale.ENGLISH)
                    .formatAssertionsEnabled(true)
                    .build()));
    private final JsonNode components;

    Schemas(JsonNode components) {
        this.components = components;
    }

    /** Compiles one schema; its references begin with {@code #/components}, so it carries these along. */
    BodySchema compile(JsonNode node) {
        ObjectNode root = node.deepCopy();
        root.set("components", components);
        return new BodySchema(registry.getSchema(root));
    }

    /** The RFC 6901 pointer to the member {@code name}. */
    static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
