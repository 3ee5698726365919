package dev.berth.emulator.state;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.protocol.SharedAccessKey;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What instances of a state were called and known by, so that a new emulator's are known by the same. */
public final class StateIdentities {
    private StateIdentities() {}

    /** Of one instance. */
    public record Identity(String idScope, SharedAccessKey serviceKey) {}

    /** By the instances' names in small letters. What is wrong with the file is for {@link StateReader} to say. */
    public static Map<String, Identity> read(Path file) throws IOException {
        var identities = new HashMap<String, Identity>();
        try (var parser = Json.parser(new BufferedInputStream(Files.newInputStream(file)))) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.currentName().equals("instances")) {
                    parser.nextToken();
                    instances(parser, identities);
                }
            }
        } catch (JsonProcessingException malformed) {
            return Map.of();
        }
        return identities;
    }

    private static void instances(JsonParser parser, Map<String, Identity> identities) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            var texts = new HashMap<String, String>();
            for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                if (parser.nextToken() == JsonToken.VALUE_STRING) {
                    texts.put(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
            var key = SharedAccessKey.parse(texts.getOrDefault("serviceKey", ""));
            if (texts.containsKey("name") && texts.containsKey("idScope") && key.isPresent()) {
                identities.put(
                        texts.get("name").toLowerCase(Locale.ROOT), new Identity(texts.get("idScope"), key.get()));
            }
        }
    }
}
