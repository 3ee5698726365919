package dev.berth.api.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.api.problem.ProblemException;
import dev.berth.api.problem.ProblemType;
import dev.berth.api.problem.Violation;
import dev.berth.api.problem.Violation.Part;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTest {
    private static final Contract CONTRACT = Contract.load();

    @Test
    void namesEveryWrongFieldOfABody() {
        var refused = refusal("putDpsInstance", """
                {"idScope": "no scope!", "limits": {"registrationsPerMinute": 0, "burst": 5}, "weight": "heavy",
                 "state": "asleep", "a/b": 1}""");

        assertThat(refused.problem().errors())
                .containsExactlyInAnyOrder(
                        Violation.body("/serviceEndpoint", "is missing"),
                        Violation.body("/idScope", "must match ^[A-Za-z0-9]{1,32}$"),
                        Violation.body("/limits/registrationsPerMinute", "must be at least 1"),
                        Violation.body("/limits/burst", "is not a member of this object"),
                        Violation.body("/weight", "must be of type integer, not string"),
                        Violation.body("/state", "must be one of [\"active\", \"draining\", \"disabled\"]"),
                        Violation.body("/a~1b", "is not a member of this object"));
    }

    @Test
    void takesWhatTheContractAdmits() {
        var body = operation("putDpsInstance").readBody("""
                {"idScope": "0ne00AB12CD", "serviceEndpoint": "dps.azure-devices-provisioning.net"}""".getBytes(UTF_8));

        assertThat(body.path("idScope").asText()).isEqualTo("0ne00AB12CD");
    }

    @Test
    void aReportOfSuccessMayNameNeitherHubNorDeviceId() {
        var report = operation("reportRegistration").readBody("{\"status\": \"assigned\"}".getBytes(UTF_8));
        assertThat(report.path("status").asText()).isEqualTo("assigned");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "nul",
                "{} {}",
                "{\"a\":1,\"a\":1}",
                "{'a':1}",
                "[1,]",
                "{\"a\":NaN}",
                "\"\\ud800\"",
                "{\"\\udc00\":1,}"
            })
    void whatIsNotOneJsonDocumentIsMalformed(String text) {
        assertThat(refusal("putTenant", text).problem().type()).isEqualTo(ProblemType.MALFORMED);
    }

    @Test
    void everyDimensionOfADocumentHasALimit() {
        assertMalformed("[".repeat(StrictJson.DEPTH_MAX + 1));
        assertMalformed("\"" + "a".repeat(StrictJson.STRING_LENGTH_MAX + 1) + "\"");
        assertMalformed("{\"" + "a".repeat(StrictJson.NAME_LENGTH_MAX + 1) + "\":1}");
        assertMalformed("1".repeat(StrictJson.NUMBER_LENGTH_MAX + 1));
    }

    @Test
    void aBodyThatIsTooLargeSaysHowLargeItMayBe() {
        var refused = refusal("putTenant", " ".repeat(StrictJson.BYTES_MAX + 1));

        assertThat(refused.problem().status()).isEqualTo(413);
        assertThat(refused.problem().members()).containsEntry("bodyBytesMax", StrictJson.BYTES_MAX);
    }

    @Test
    void doesNotTellWhichLibraryReads() {
        assertThat(refusal("putTenant", "[".repeat(1_000)).problem().detail()).doesNotContain("StreamReadConstraints");
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0, must be at least 1",
        "limit, 1001, must be at most 1000",
        "limit, ten, 'must be of type integer, not string'",
        "limit, 99999999999999999999, 'must be of type integer, not string'",
        "state, asleep, 'must be one of [\"waiting\", \"told\", \"registered\", \"failed\", \"requeued\"]'",
        "dpsInstance, EU, 'must match ^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'",
        "sort, asc, is not a parameter of this operation"
    })
    void namesEveryWrongParameter(String name, String value, String detail) {
        var given = Map.of(Part.PATH, Map.of("tenant", List.of("contoso")), Part.QUERY, Map.of(name, List.of(value)));

        var refused = catchThrowableOfType(
                ProblemException.class, () -> operation("listDevices").checkParameters(given));

        assertThat(refused.problem().errors()).containsExactly(new Violation(Part.QUERY, "/" + name, detail));
    }

    @Test
    void aParameterMayBeGivenOnceOnly() {
        var given =
                Map.of(Part.PATH, Map.of("tenant", List.of("contoso")), Part.QUERY, Map.of("limit", List.of("1", "2")));

        assertThatThrownBy(() -> operation("listDevices").checkParameters(given))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aNameDoesNotEndInALineBreak() {
        var given = Map.of(Part.PATH, Map.of("tenant", List.of("contoso\n")));

        assertThatThrownBy(() -> operation("listDevices").checkParameters(given))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void everyOperationHasAnIdOfItsOwnAndALimitedBody() {
        var ids = new HashSet<String>();
        CONTRACT.document()
                .path("paths")
                .findValues("operationId")
                .forEach(id -> assertThat(ids.add(id.asText()))
                        .as("operationId %s is its own", id)
                        .isTrue());
        assertThat(CONTRACT.operations()).extracting(Operation::id).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void listsEveryProblemType() {
        var listed = CONTRACT.document().at("/components/schemas/Problem/properties/type/x-extensible-enum");

        assertThat(listed.valueStream().map(type -> type.asText()))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ProblemType.values())
                        .map(ProblemType::urn)
                        .toList());
    }

    private static void assertMalformed(String text) {
        assertThat(refusal("putTenant", text).problem().type()).isEqualTo(ProblemType.MALFORMED);
    }

    private static ProblemException refusal(String operation, String body) {
        return catchThrowableOfType(
                ProblemException.class, () -> operation(operation).readBody(body.getBytes(UTF_8)));
    }

    private static Operation operation(String id) {
        return CONTRACT.operation(id).orElseThrow();
    }
}
