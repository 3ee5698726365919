package dev.berth.emulator.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A place in a JSON document that knows its pointer, so that whatever is wrong there can be named. */
public record JsonAt(JsonNode node, String pointer) {
    public static JsonAt root(JsonNode node) {
        return new JsonAt(node, "");
    }

    public JsonAt at(String name) {
        return new JsonAt(
                node.path(name), pointer + '/' + name.replace("~", "~0").replace("/", "~1"));
    }

    public boolean absent() {
        return node instanceof MissingNode || node.isNull();
    }

    public InvalidConfigException invalid(String message) {
        return new InvalidConfigException(pointer, message);
    }

    public JsonAt object() {
        if (!node.isObject()) {
            throw invalid("must be an object");
        }
        return this;
    }

    public JsonAt objectOf(String... names) {
        object();
        var known = List.of(names);
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw at(name).invalid("unknown key; known are " + String.join(", ", known));
            }
        });
        return this;
    }

    public List<JsonAt> elements() {
        if (absent()) {
            return List.of();
        }
        if (!node.isArray()) {
            throw invalid("must be an array");
        }
        var elements = new ArrayList<JsonAt>();
        for (int i = 0; i < node.size(); i++) {
            elements.add(new JsonAt(node.path(i), pointer + '/' + i));
        }
        return elements;
    }

    public List<JsonAt> elements(int max) {
        var elements = elements();
        if (elements.size() > max) {
            throw invalid("must not hold more than " + max);
        }
        return elements;
    }

    public String text() {
        if (absent()) {
            throw invalid("is missing");
        }
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw invalid("must be a text that is not empty");
        }
        return node.textValue();
    }

    public Optional<String> optionalText() {
        return absent() ? Optional.empty() : Optional.of(text());
    }

    public boolean flag(boolean fallback) {
        if (absent()) {
            return fallback;
        }
        if (!node.isBoolean()) {
            throw invalid("must be true or false");
        }
        return node.booleanValue();
    }

    public int integer(int min, int max, int fallback) {
        if (absent()) {
            return fallback;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < min || node.intValue() > max) {
            throw invalid("must be a whole number from " + min + " to " + max);
        }
        return node.intValue();
    }

    /** A number of things that were counted; none if it is absent. */
    public long count() {
        if (absent()) {
            return 0;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw invalid("must be a whole number that is not negative");
        }
        return node.longValue();
    }

    public Instant instant() {
        try {
            return Instant.parse(text());
        } catch (DateTimeParseException e) {
            throw invalid("must be a time like 2026-01-31T23:59:59Z");
        }
    }

    public double decimal(double min, double max, double fallback) {
        if (absent()) {
            return fallback;
        }
        if (!node.isNumber() || !(node.doubleValue() >= min && node.doubleValue() <= max)) {
            throw invalid("must be a number from " + min + " to " + max);
        }
        return node.doubleValue();
    }

    /** A constant by a name of its own. */
    public <E> E oneOf(E[] constants, Function<E, String> name) {
        String wanted = text();
        return Arrays.stream(constants)
                .filter(constant -> name.apply(constant).equals(wanted))
                .findFirst()
                .orElseThrow(() -> invalid(
                        "must be one of " + Arrays.stream(constants).map(name).collect(Collectors.joining(", "))));
    }

    /** A constant by its name in camel case, letter case ignored. */
    public <E extends Enum<E>> E oneOf(Class<E> type, E fallback) {
        if (absent()) {
            return fallback;
        }
        String wanted = text();
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> flat(constant).equalsIgnoreCase(wanted))
                .findFirst()
                .orElseThrow(() -> invalid("must be one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(JsonAt::flat)
                                .collect(Collectors.joining(", "))));
    }

    private static String flat(Enum<?> constant) {
        var words = constant.name().toLowerCase(Locale.ROOT).split("_", -1);
        return words[0]
                + Arrays.stream(words)
                        .skip(1)
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining());
    }
}
