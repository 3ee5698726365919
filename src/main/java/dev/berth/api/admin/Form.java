package dev.berth.api.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.identity.TenantId;
import org.jspecify.annotations.Nullable;

/** How one kind of resource looks in JSON. What is read has been checked against the contract. */
interface Form<T> {
    T read(TenantId tenant, String name, ObjectNode json);

    ObjectNode write(T value);

    /** The member, or null if it is absent. */
    static @Nullable String text(JsonNode json, String member) {
        return json.path(member).asText(null);
    }

    static String text(JsonNode json, String member, String absent) {
        return json.path(member).asText(absent);
    }

    /** Writes the member unless it is null. */
    static void put(ObjectNode json, String member, @Nullable Object value) {
        if (value != null) {
            json.putPOJO(member, value instanceof Number ? value : value.toString());
        }
    }
}
