package dev.berth.moving;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.berth.moving.Line.MovedDocument;
import dev.berth.moving.Line.Trailer;
import dev.berth.store.Collection;
import dev.berth.store.IndexedValues;
import dev.berth.store.Key;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads what {@link LineWriter} writes, with members in that order. What does not fit is an {@link IllegalArgumentException} whose
 * message goes on behind "line 7 ".
 */
final class LineParser {
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, Collection> collections = new LinkedHashMap<>();

    LineParser(List<Collection> known) {
        known.forEach(collection -> collections.put(collection.name(), collection));
    }

    Header header(byte[] line) {
        try (var json = JSON.createParser(line)) {
            require(json.nextToken() == JsonToken.START_OBJECT, "is not the first line of an export");
            require("berthExport".equals(json.nextFieldName()), "is not the first line of an export");
            var format = json.nextIntValue(0);
            require(format <= LineWriter.FORMAT, "was written by a newer Berth: format " + format);
            var header =
                    new Header(text(json, "export"), Instant.parse(text(json, "at")), text(json, "berth"), names(json));
            header.collections().forEach(name -> known(name, header.berth()));
            return header;
        } catch (IOException | DateTimeException e) {
            throw new IllegalArgumentException("is not the first line of an export", e);
        }
    }

    Line line(byte[] line) {
        try (var json = JSON.createParser(line)) {
            require(json.nextToken() == JsonToken.START_OBJECT, "is no JSON object");
            var first = json.nextFieldName();
            require(first != null, "is empty");
            return switch (first) {
                case "collection" -> document(json, line);
                case "documents" -> trailer(json);
                default -> throw new IllegalArgumentException("is neither a document nor the end of an export");
            };
        } catch (IOException e) {
            throw new IllegalArgumentException("is no JSON object", e);
        }
    }

    private MovedDocument document(JsonParser json, byte[] line) throws IOException {
        var collection = known(Objects.requireNonNullElse(json.nextTextValue(), ""), "another version");
        var key = new Key(collection, text(json, "partition"), text(json, "id"));
        var body = body(json, line);
        var _ = IndexedValues.of(collection, body); // whether a store would take it
        return new MovedDocument(key, body);
    }

    private static byte[] body(JsonParser json, byte[] line) throws IOException {
        var name = json.nextFieldName();
        var token = json.nextToken();
        if ("bodyBase64".equals(name) && token == JsonToken.VALUE_STRING) {
            return json.getBinaryValue();
        }
        require("body".equals(name) && token == JsonToken.START_OBJECT, "has no body");
        var from = json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        return Arrays.copyOfRange(
                line,
                Math.toIntExact(from),
                Math.toIntExact(json.currentLocation().getByteOffset()));
    }

    private static Trailer trailer(JsonParser json) throws IOException {
        var documents = new LinkedHashMap<String, Long>();
        require(json.nextToken() == JsonToken.START_OBJECT, "does not count");
        for (var name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            documents.put(name, json.nextLongValue(-1));
        }
        return new Trailer(documents, text(json, "sha256"));
    }

    private Collection known(String name, String writer) {
        var collection = collections.get(name);
        require(
                collection != null,
                "names the collection " + name + ", which this Berth does not know; " + writer + " does");
        return Objects.requireNonNull(collection);
    }

    private static String text(JsonParser json, String member) throws IOException {
        require(member.equals(json.nextFieldName()), "has no " + member);
        var text = json.nextTextValue();
        require(text != null, "has no " + member);
        return Objects.requireNonNull(text);
    }

    private static List<String> names(JsonParser json) throws IOException {
        require("collections".equals(json.nextFieldName()), "has no collections");
        require(json.nextToken() == JsonToken.START_ARRAY, "has no collections");
        var names = new ArrayList<String>();
        for (var name = json.nextTextValue(); name != null; name = json.nextTextValue()) {
            names.add(name);
        }
        return names;
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }
}
