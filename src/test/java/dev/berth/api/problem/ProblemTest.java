package dev.berth.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.identity.ChainVerdict;
import dev.berth.provisioning.IdScopeAnswer;
import dev.berth.store.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
    private static final RequestId REQUEST = new RequestId("4bf92f3577b34da6a3ce929d0e0e4736");

    @Test
    void isWrittenWithItsTypeItsRequestAndItsMembers() throws IOException {
        var answer = new IdScopeAnswer.Queued(7, 3, Duration.ofMillis(41_001));

        var problem = Problems.of(answer).orElseThrow();

        assertThat(json(problem).toString()).isEqualTo("""
                {"type":"urn:berth:problem:queued",\
                "title":"All slots within the horizon are given",\
                "status":429,\
                "detail":"The place in the queue is kept; ask again after the wait.",\
                "instance":"urn:berth:request:4bf92f3577b34da6a3ce929d0e0e4736",\
                "help":"/docs/problems.md#queued",\
                "retryAfterSeconds":42,\
                "ticket":7,\
                "ahead":3}""");
        assertThat(problem.headers(REQUEST))
                .containsEntry("Retry-After", "42")
                .containsEntry("X-Request-Id", REQUEST.value());
    }

    @ParameterizedTest
    @EnumSource
    void alwaysSaysWhenToComeBackIfWaitingHelps(ProblemType type) {
        boolean waits = type.status() == 429 || type.status() == 503;

        assertThat(Problem.of(type).retryAfterSeconds().isPresent()).isEqualTo(waits);
    }

    @ParameterizedTest
    @EnumSource
    void namesEachRefusalOfAChainAsThePinnedTypes(ChainVerdict.Reason reason) {
        var problem = Problems.of(new ChainVerdict.Refused(reason, "why"));

        assertThat(problem.type().name()).isEqualTo(reason.name());
        assertThat(problem.detail()).isEqualTo("why");
    }

    @Test
    void waitsAsLongAsTheStoreAsksFor() {
        var failure = new StoreUnavailableException("disk full", false, Duration.ofSeconds(30), null);

        assertThat(Problems.of(failure).type()).isEqualTo(ProblemType.STORE_UNAVAILABLE);
        assertThat(Problems.of(failure).retryAfterSeconds()).contains("30");
    }

    @Test
    void keepsTheDetailsOfAFaultToItself() throws IOException {
        var problem = Problems.of(new IllegalStateException("password=hunter2"));

        assertThat(problem.status()).isEqualTo(500);
        assertThat(json(problem).has("detail")).isFalse();
    }

    @Test
    void namesOnlySoManyErrors() {
        var error = Violation.body("/a", "is wrong");

        assertThat(Problem.validation(Collections.nCopies(1_000, error)).errors())
                .hasSize(Problem.ERRORS_MAX);
    }

    @Test
    void aRequestIsNamedByItsTrace() {
        var traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        var headers = Map.of("traceparent", traceparent, "X-Request-Id", "order-7");
        assertThat(RequestId.of(headers::get, new Random(1))).isEqualTo(REQUEST);
    }

    @Test
    void aRequestWithABadTraceGetsAFreshName() {
        var random = new Random(1);

        assertThat(RequestId.of(Map.of("traceparent", "00-zz-00f067aa0ba902b7-01")::get, random)
                        .value())
                .matches("[0-9a-f]{32}");
        assertThat(RequestId.of(_ -> null, random).value()).matches("[0-9a-f]{32}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "order-7f3a.1", "4BF92F35-77b3-4da6-a3ce-929d0e0e4736"})
    void aRequestWithoutATraceIsNamedByItsCaller(String given) {
        assertThat(RequestId.of(Map.of("X-Request-Id", given)::get, new Random(1))
                        .value())
                .isEqualTo(given);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-7",
                "two words",
                "a\nb",
                "\u00fc",
                "{}",
                "11111111111111111111111111111111111111111111111111111111111111111"
            })
    void aNameThatIsUnsafeOrTooLongIsReplaced(String given) {
        assertThat(RequestId.of(Map.of("X-Request-Id", given)::get, new Random(1))
                        .value())
                .matches("[0-9a-f]{32}");
    }

    private static JsonNode json(Problem problem) throws IOException {
        return new ObjectMapper().readTree(problem.toJson(REQUEST));
    }
}
