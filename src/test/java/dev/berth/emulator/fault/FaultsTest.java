package dev.berth.emulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.TurnedClock;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which request meets which fault: a matter of the seed, the fault and the request's number alone. */
class FaultsTest {
    private static final int MANY = 10_000;

    private final TurnedClock clock = new TurnedClock();
    private final InstanceFaults faults = faults("dps-1", 1);

    private InstanceFaults faults(String instance, long seed) {
        return new InstanceFaults(instance, seed, clock);
    }

    private static Fault fault(String json) {
        return FaultReader.fault(
                JsonAt.root(Json.read(json.getBytes(StandardCharsets.UTF_8)).orElseThrow()));
    }

    private List<FaultPlan> plans(InstanceFaults of, int number) {
        return IntStream.range(0, number)
                .mapToObj(n -> of.plan(FaultTarget.REGISTER))
                .toList();
    }

    private static List<FaultPlan> hits(List<FaultPlan> plans) {
        return plans.stream().filter(plan -> !plan.equals(FaultPlan.NONE)).toList();
    }

    @Test
    void withoutFaultsNothingGoesWrong() {
        assertThat(faults.plan(FaultTarget.REGISTER)).isSameAs(FaultPlan.NONE);
        assertThat(faults.counts()).isEmpty();
    }

    @Test
    void aRateOfOneHitsAllAndOfZeroNobody() {
        faults.put(fault("{'kind':'reset-before','rate':0}".replace('\'', '"')));
        assertThat(hits(plans(faults, 100))).isEmpty();
        faults.put(fault("{\"kind\":\"reset-before\"}"));
        assertThat(hits(plans(faults, 100))).hasSize(100);
        assertThat(faults.counts()).containsOnly(java.util.Map.entry(FaultKind.RESET_BEFORE, 100L));
    }

    @Test
    void aRateIsKept() {
        faults.put(fault("{\"kind\":\"throttle\",\"rate\":0.3}"));
        assertThat(hits(plans(faults, MANY))).hasSizeBetween(2_800, 3_200);
    }

    @Test
    void theSameSeedReplaysWhateverTheTimeIs() {
        var fault = fault("{\"kind\":\"malformed\",\"rate\":0.5,\"delayMillis\":100,\"distribution\":\"lognormal\"}");
        faults.put(fault);
        var first = plans(faults, 500);
        clock.turn(Duration.ofHours(1));
        faults.put(fault);
        assertThat(plans(faults, 500)).isEqualTo(first);
        var again = faults("dps-1", 1);
        again.put(fault);
        assertThat(plans(again, 500)).isEqualTo(first);
    }

    @Test
    void anotherSeedOrInstanceFaresDifferently() {
        var fault = fault("{\"kind\":\"latency\",\"rate\":0.5}");
        faults.put(fault);
        var first = plans(faults, 500);
        for (var other : List.of(faults("dps-1", 2), faults("dps-2", 1))) {
            other.put(fault);
            assertThat(plans(other, 500)).isNotEqualTo(first);
        }
    }

    @Test
    void faultsDoNotDisturbEachOthersChance() {
        var latency = fault("{\"kind\":\"latency\",\"rate\":0.5,\"distribution\":\"exponential\"}");
        faults.put(latency);
        var alone = plans(faults, 500).stream().map(FaultPlan::delay).toList();
        faults.put(latency);
        faults.put(fault("{\"kind\":\"error\",\"rate\":0.5}"));
        assertThat(plans(faults, 500).stream().map(FaultPlan::delay).toList()).isEqualTo(alone);
    }

    @Test
    void aHigherRateHitsWhatALowerOneDoesAndMore() {
        faults.put(fault("{\"kind\":\"hang\",\"rate\":0.1}"));
        var few = plans(faults, 500);
        faults.put(fault("{\"kind\":\"hang\",\"rate\":0.4}"));
        var more = plans(faults, 500);
        assertThat(IntStream.range(0, 500).filter(n -> !few.get(n).equals(FaultPlan.NONE)))
                .isNotEmpty()
                .allMatch(n -> !more.get(n).equals(FaultPlan.NONE));
    }

    @Test
    void onlyTheRequestsItIsForAreHitAndCounted() {
        faults.put(fault("{\"kind\":\"error\",\"on\":\"poll\"}"));
        assertThat(faults.plan(FaultTarget.REGISTER)).isEqualTo(FaultPlan.NONE);
        assertThat(faults.plan(FaultTarget.LOOKUP)).isEqualTo(FaultPlan.NONE);
        assertThat(faults.plan(FaultTarget.SERVICE)).isEqualTo(FaultPlan.NONE);
        assertThat(faults.plan(FaultTarget.POLL).disruption()).isInstanceOf(Disruption.Refusal.class);
        assertThat(faults.counts()).containsOnly(java.util.Map.entry(FaultKind.ERROR, 1L));
    }

    @Test
    void delaysAddUpAndTheFirstDisruptionStrikes() {
        faults.put(fault("{\"kind\":\"reset-after\",\"delayMillis\":7}"));
        faults.put(fault("{\"kind\":\"latency\",\"delayMillis\":100}"));
        faults.put(fault("{\"kind\":\"error\",\"delayMillis\":20}"));
        faults.put(fault("{\"kind\":\"drip\",\"delayMillis\":3}"));
        var plan = faults.plan(FaultTarget.REGISTER);
        assertThat(plan.delay()).isEqualTo(Duration.ofMillis(120));
        assertThat(plan.perByte()).isEqualTo(Duration.ofMillis(3));
        assertThat(plan.disruption()).isInstanceOf(Disruption.Refusal.class);
        assertThat(faults.counts().keySet()).containsExactly(FaultKind.ERROR, FaultKind.LATENCY, FaultKind.DRIP);
    }

    @Test
    void aFaultEndsWhenItsTimeIsOver() {
        faults.put(fault("{\"kind\":\"outage\",\"durationMillis\":1000}"));
        clock.turn(Duration.ofMillis(999));
        assertThat(faults.list().getFirst().remaining()).contains(Duration.ofMillis(1));
        assertThat(faults.plan(FaultTarget.POLL).disruption()).isInstanceOf(Disruption.ResetBefore.class);
        clock.turn(Duration.ofMillis(1));
        assertThat(faults.plan(FaultTarget.POLL)).isEqualTo(FaultPlan.NONE);
        assertThat(faults.list()).isEmpty();
        assertThat(faults.remove(FaultKind.OUTAGE)).isFalse();
    }

    @Test
    void silenceEndsWithItsFaultAndAfterFiveMinutesAtTheLatest() {
        faults.put(fault("{\"kind\":\"hang\"}"));
        assertThat(faults.plan(FaultTarget.POLL).disruption()).isEqualTo(new Disruption.Silence(Duration.ofMinutes(5)));
        faults.put(fault("{\"kind\":\"hang\",\"durationMillis\":60000}"));
        clock.turn(Duration.ofSeconds(20));
        assertThat(faults.plan(FaultTarget.POLL).disruption())
                .isEqualTo(new Disruption.Silence(Duration.ofSeconds(40)));
    }

    @Test
    void oneOfAKindIsActiveAndEachCanBeEnded() {
        faults.put(fault("{\"kind\":\"error\",\"status\":500}"));
        faults.put(fault("{\"kind\":\"error\",\"status\":503}"));
        faults.put(fault("{\"kind\":\"latency\"}"));
        assertThat(faults.list()).hasSize(2);
        assertThat(faults.list().getFirst().fault().effect())
                .isInstanceOfSatisfying(
                        FaultEffect.ServerError.class,
                        error -> assertThat(error.status()).isEqualTo(503));
        assertThat(faults.remove(FaultKind.ERROR)).isTrue();
        assertThat(faults.plan(FaultTarget.POLL).disruption()).isInstanceOf(Disruption.None.class);
        faults.removeAll();
        assertThat(faults.plan(FaultTarget.POLL)).isSameAs(FaultPlan.NONE);
    }

    @ParameterizedTest
    @EnumSource(Delay.Distribution.class)
    void everyDistributionHasItsMeanAndItsMaximum(Delay.Distribution distribution) {
        var text = distribution.name().toLowerCase(java.util.Locale.ROOT);
        faults.put(fault("{\"kind\":\"latency\",\"delayMillis\":1000,\"distribution\":\"%s\"}".formatted(text)));
        double mean = plans(faults, MANY).stream()
                .mapToLong(plan -> plan.delay().toMillis())
                .average()
                .orElseThrow();
        assertThat(mean).isBetween(950.0, 1_050.0);
        faults.put(fault("{\"kind\":\"latency\",\"delayMillis\":1000,\"maxMillis\":900,\"distribution\":\"%s\"}"
                .formatted(text)));
        assertThat(plans(faults, 100)).allMatch(plan -> plan.delay().toMillis() <= 900);
    }

    @ParameterizedTest
    @EnumSource(MalformedKind.class)
    void everyMalformedBodyLacksWhatItsNameSays(MalformedKind kind) {
        var state = Json.object().put("status", "assigned").put("substatus", "initialAssignment");
        var body = Json.object().put("operationId", "5.a.b").put("status", "assigned");
        body.set("registrationState", state);
        var sent = new String(kind.spoil(body), StandardCharsets.UTF_8);
        var read = Json.read(kind.spoil(body));
        switch (kind) {
            case MISSING_REGISTRATION_STATE -> assertThat(sent).doesNotContain("registrationState");
            case MISSING_OPERATION_ID ->
                assertThat(sent).doesNotContain("operationId").contains("substatus");
            case MISSING_SUBSTATUS ->
                assertThat(sent).doesNotContain("substatus").contains("operationId");
            case MISSING_STATUS -> assertThat(sent).doesNotContain("\"status\"").contains("substatus");
            case WRONG_TYPES -> {
                assertThat(read.orElseThrow().path("operationId").isNumber()).isTrue();
                assertThat(read.orElseThrow().path("registrationState").isTextual())
                        .isTrue();
            }
            case TRUNCATED -> assertThat(read).isEmpty();
            case NOT_JSON -> assertThat(sent).startsWith("<html>");
        }
        assertThat(body.path("registrationState")).isEqualTo(state);
        assertThat(body.has("operationId")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLE, 0.25, 429, 429001",
        "ERROR, 1, 503, 503000",
    })
    void refusalsHaveTheirCodes(FaultKind kind, double rate, int status, int code) {
        var specific = kind == FaultKind.ERROR ? ",\"status\":503" : "";
        faults.put(fault("{\"kind\":\"%s\",\"rate\":%s%s}".formatted(kind.wireName, rate, specific)));
        assertThat(hits(plans(faults, 100)))
                .isNotEmpty()
                .allSatisfy(plan -> assertThat(plan.disruption())
                        .isInstanceOfSatisfying(Disruption.Refusal.class, refusal -> {
                            assertThat(refusal.error().status()).isEqualTo(status);
                            assertThat(refusal.error().code()).isEqualTo(code);
                        }));
    }
}
