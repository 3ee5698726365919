package dev.berth.api.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemException;
import dev.berth.api.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads exactly one JSON document of bounded size and shape; whatever could be read in two ways is refused. */
public final class StrictJson {
    public static final int BYTES_MAX = 256 * 1024;
    static final int DEPTH_MAX = 16;
    static final int STRING_LENGTH_MAX = 64 * 1024;
    static final int NAME_LENGTH_MAX = 128;
    static final int NUMBER_LENGTH_MAX = 32;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxStringLength(STRING_LENGTH_MAX)
                            .maxNameLength(NAME_LENGTH_MAX)
                            .maxNumberLength(NUMBER_LENGTH_MAX)
                            .maxDocumentLength(BYTES_MAX)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** What the parser's messages say of its own settings. */
    private static final Pattern LIBRARY_NAMES = Pattern.compile(", from `[^`]*`");

    private StrictJson() {}

    /** The document, or the problem that says what cannot be read and where. */
    public static JsonNode read(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw tooLarge();
        }
        try {
            JsonNode json = JSON.readTree(bytes);
            if (json.isMissingNode()) {
                throw malformed("the body is empty");
            }
            requireUnicode(json);
            return json;
        } catch (JsonProcessingException e) {
            throw malformed(LIBRARY_NAMES.matcher(e.getOriginalMessage()).replaceAll("") + place(e.getLocation()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The problem of a body that is larger than is read. */
    public static ProblemException tooLarge() {
        return new ProblemException(Problem.of(ProblemType.CONTENT_TOO_LARGE).with("bodyBytesMax", BYTES_MAX));
    }

    /** JSON can spell half of a surrogate pair, which no UTF-8 document that we write could hold. */
    private static void requireUnicode(JsonNode json) {
        if (json.isTextual() && !UTF_8.newEncoder().canEncode(json.textValue())) {
            throw malformed("a string is not Unicode text");
        }
        json.forEach(StrictJson::requireUnicode);
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(Problem.of(ProblemType.MALFORMED, detail));
    }
}
