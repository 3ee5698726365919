package dev.berth.emulator.state;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.instance.InstanceContents;
import dev.berth.emulator.instance.Registration;
import dev.berth.emulator.json.InvalidConfigException;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.Decision;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads what {@link StateWriter} has written, record by record, and makes instances of it; nothing changes until their
 * caller puts these in place of those that are. Whatever is unknown, missing or contradictory is refused by its pointer.
 */
public final class StateReader {
    private static final Set<String> MEMBERS = Set.of(
            "name",
            "idScope",
            "serviceKey",
            "counters",
            "hubs",
            "certificateAuthorities",
            "enrollmentGroups",
            "enrollments");

    private final JsonParser parser;
    private final long now;
    private final Function<JsonAt, EmulatedInstance> target;
    private final List<EmulatedInstance> instances = new ArrayList<>();
    private final Set<EmulatedInstance> targets = new HashSet<>();

    private StateReader(JsonParser parser, long now, Function<JsonAt, EmulatedInstance> target) {
        this.parser = parser;
        this.now = now;
        this.target = target;
    }

    /**
     * Instances with the contents of the document.
     *
     * @param now the monotonic time of the instances
     * @param target finds the instance that is to have the contents of an entry
     * @throws InvalidConfigException naming what is wrong
     */
    public static List<EmulatedInstance> read(InputStream in, long now, Function<JsonAt, EmulatedInstance> target)
            throws IOException {
        try (var parser = Json.parser(in)) {
            return new StateReader(parser, now, target).document();
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new InvalidConfigException(
                    "",
                    "is not JSON at line " + (place == null ? 0 : place.getLineNr()) + ": " + e.getOriginalMessage());
        }
    }

    private List<EmulatedInstance> document() throws IOException {
        expect(parser.nextToken(), JsonToken.START_OBJECT, "");
        var head = Json.object();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (name.equals("instances")) {
                version(head);
                expect(parser.currentToken(), JsonToken.START_ARRAY, "/instances");
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    instance("/instances/" + instances.size());
                }
            } else {
                head.set(name, parser.<JsonNode>readValueAsTree());
            }
        }
        version(head);
        if (parser.nextToken() != null) {
            throw new InvalidConfigException("", "goes on after its end");
        }
        return instances;
    }

    /** Looked at before the instances, because another version may have others. */
    private static void version(ObjectNode head) {
        var json = JsonAt.root(head).objectOf("format", "version");
        if (!json.at("format").text().equals(StateWriter.FORMAT)) {
            throw json.at("format").invalid("must be " + StateWriter.FORMAT);
        }
        if (json.at("version").integer(1, Integer.MAX_VALUE, Integer.MAX_VALUE) != StateWriter.VERSION) {
            throw json.at("version").invalid("must be " + StateWriter.VERSION);
        }
    }

    private void instance(String pointer) throws IOException {
        expect(parser.currentToken(), JsonToken.START_OBJECT, pointer);
        var members = Json.object();
        var json = new JsonAt(members, pointer);
        List<Registration> registrations = List.of();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (name.equals("registrations")) {
                registrations = registrations(json.at(name).pointer());
            } else if (MEMBERS.contains(name)) {
                members.set(name, parser.<JsonNode>readValueAsTree());
            } else {
                throw json.at(name).invalid("unknown key");
            }
        }
        instances.add(filled(json, registrations));
    }

    private List<Registration> registrations(String pointer) throws IOException {
        expect(parser.currentToken(), JsonToken.START_ARRAY, pointer);
        var records = new RecordJson(now);
        var seen = new HashSet<String>();
        var registrations = new ArrayList<Registration>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            var json = new JsonAt(parser.readValueAsTree(), pointer + '/' + registrations.size());
            var registration = records.read(json);
            if (!seen.add(registration.registrationId().toLowerCase(Locale.ROOT))) {
                throw json.at("registrationId").invalid("is used twice");
            }
            registrations.add(registration);
        }
        return registrations;
    }

    private EmulatedInstance filled(JsonAt json, List<Registration> registrations) {
        var before = target.apply(json);
        if (!targets.add(before)) {
            throw json.at("idScope").invalid("is used twice");
        }
        var hubs = ContentsJson.hubs(json.at("hubs"));
        var authorities = json.at("certificateAuthorities").elements().stream()
                .map(ContentsJson::authority)
                .toList();
        var contents = new InstanceContents(
                hubs,
                authorities,
                ContentsJson.documents(json, authorities, hubs),
                ContentsJson.counters(json.at("counters"), before.report()),
                registrations);
        return switch (before.with(contents)) {
            case Decision.Done<EmulatedInstance>(var filled) -> filled;
            case Decision.Refused<EmulatedInstance>(var error, var detail) ->
                throw json.invalid((error.message + ' ' + detail).strip());
        };
    }

    private static void expect(JsonToken found, JsonToken wanted, String pointer) {
        if (found != wanted) {
            throw new InvalidConfigException(
                    pointer, wanted == JsonToken.START_OBJECT ? "must be an object" : "must be an array");
        }
    }
}
