package dev.berth.api.device;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.api.problem.Problem;
import dev.berth.api.problem.ProblemException;
import dev.berth.api.problem.ProblemType;
import dev.berth.api.problem.Violation;
import dev.berth.provisioning.RegistrationReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a device reports of its registration; what is not exactly a report becomes a problem that names each fault. */
final class ReportReader {
    static final int DEPTH_MAX = 8;
    static final int HUB_LENGTH_MAX = 253;
    static final int DEVICE_ID_LENGTH_MAX = 128;
    static final int MESSAGE_LENGTH_MAX = 1_024;

    private static final Set<String> MEMBERS = Set.of("status", "assignedHub", "deviceId", "errorCode", "errorMessage");
    private static final ObjectReader JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .build())
                    .build())
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private final JsonNode report;
    private final List<Violation> violations = new ArrayList<>();

    private ReportReader(JsonNode report) {
        this.report = report;
    }

    /** The report; {@link ProblemException} if {@code body} is none. */
    static RegistrationReport read(byte[] body) {
        return new ReportReader(parse(body)).read();
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw malformed(
                    at == null
                            ? "not JSON"
                            : "not JSON from line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()));
        } catch (IOException e) {
            throw malformed("not JSON");
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(Problem.of(ProblemType.MALFORMED, detail));
    }

    private RegistrationReport read() {
        if (!report.isObject()) {
            throw new ProblemException(Problem.validation(List.of(Violation.body("", "must be an object"))));
        }
        report.fieldNames().forEachRemaining(this::checkKnown);
        var result = switch (text("status", 16, true)) {
            case "assigned" -> assigned();
            case "failed" -> failed();
            case null, default -> {
                violations.add(Violation.body("/status", "must be assigned or failed"));
                yield failed();
            }
        };
        if (!violations.isEmpty()) {
            throw new ProblemException(Problem.validation(violations));
        }
        return result;
    }

    private RegistrationReport assigned() {
        var hub = text("assignedHub", HUB_LENGTH_MAX, true);
        var deviceId = text("deviceId", DEVICE_ID_LENGTH_MAX, true);
        return new RegistrationReport.Assigned(hub == null ? "" : hub, deviceId == null ? "" : deviceId);
    }

    private RegistrationReport failed() {
        return new RegistrationReport.Failed(errorCode(), text("errorMessage", MESSAGE_LENGTH_MAX, false));
    }

    private void checkKnown(String member) {
        if (!MEMBERS.contains(member)) {
            violations.add(Violation.body(pointer(member), "is not known here"));
        }
    }

    private @Nullable String text(String member, int lengthMax, boolean required) {
        var value = report.path(member);
        if (value.isTextual()
                && !value.textValue().isEmpty()
                && value.textValue().length() <= lengthMax) {
            return value.textValue();
        }
        if (required || !(value.isMissingNode() || value.isNull())) {
            violations.add(
                    Violation.body(pointer(member), "must be a text of 1 to %d characters".formatted(lengthMax)));
        }
        return null;
    }

    private @Nullable Integer errorCode() {
        var value = report.path("errorCode");
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.canConvertToInt() || !value.isIntegralNumber()) {
            violations.add(Violation.body("/errorCode", "must be a whole number"));
            return null;
        }
        return value.intValue();
    }

    private static String pointer(String member) {
        return "/" + member.replace("~", "~0").replace("/", "~1");
    }
}
