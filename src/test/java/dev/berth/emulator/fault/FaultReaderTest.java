package dev.berth.emulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.emulator.json.InvalidConfigException;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a fault may say of itself. */
class FaultReaderTest {
    private static JsonAt json(String text) {
        var bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return JsonAt.root(Json.read(bytes).orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void everyKindNeedsNothingButItsName(FaultKind kind) {
        var fault = FaultReader.fault(json("{'kind':'" + kind.wireName + "'}"));
        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.rate()).isEqualTo(1);
        assertThat(fault.on()).containsExactly(FaultTarget.values());
        assertThat(fault.duration().isPresent()).isEqualTo(kind == FaultKind.FAILOVER);
        assertThat(fault.delay().mean().isZero()).isEqualTo(kind != FaultKind.LATENCY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'throttle','rate':0.5,'retryAfter':'date','retryAfterSeconds':7,'on':'register'}",
                "{'kind':'error','status':503,'retryAfter':'none','durationMillis':5}",
                "{'kind':'latency','delayMillis':0}",
                "{'kind':'latency','delayMillis':250,'distribution':'lognormal','maxMillis':3000}",
                "{'kind':'hang','delayMillis':5}",
                "{'kind':'drip','delayMillis':20,'on':'service'}",
                "{'kind':'reset-before'}",
                "{'kind':'reset-after','on':'lookup'}",
                "{'kind':'outage','rate':0}",
                "{'kind':'failover','lostSeconds':30}",
                "{'kind':'malformed'}",
                "{'kind':'malformed','malformedKind':'missing-substatus'}",
            })
    void whatIsTakenIsToldAgain(String text) {
        var fault = FaultReader.fault(json(text));
        assertThat(FaultReader.fault(JsonAt.root(FaultJson.fault(fault)))).isEqualTo(fault);
    }

    @Test
    void aListComesAsAnArrayOrAsItIsTold() {
        assertThat(FaultReader.faults(json("{'kind':'hang'}"))).hasSize(1);
        assertThat(FaultReader.faults(json("[{'kind':'hang'},{'kind':'drip'}]")))
                .hasSize(2);
        assertThat(FaultReader.faults(json("{'value':[{'kind':'hang','remainingMillis':3}]}")))
                .hasSize(1);
        assertThat(FaultReader.faults(json("[]"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "7 | /",
                "{} | /kind",
                "{'kind':'Hang'} | /kind",
                "{'kind':7} | /kind",
                "{'kind':'hang','rate':1.01} | /rate",
                "{'kind':'hang','rate':-0.1} | /rate",
                "{'kind':'hang','rate':'1'} | /rate",
                "{'kind':'hang','delayMillis':300001} | /delayMillis",
                "{'kind':'hang','durationMillis':0} | /durationMillis",
                "{'kind':'hang','durationMillis':2147483648} | /durationMillis",
                "{'kind':'hang','on':'publish'} | /on",
                "{'kind':'hang','status':500} | /status",
                "{'kind':'hang','often':1} | /often",
                "{'kind':'latency','distribution':'normal'} | /distribution",
                "{'kind':'latency','maxMillis':-1} | /maxMillis",
                "{'kind':'error','status':499} | /status",
                "{'kind':'error','status':600} | /status",
                "{'kind':'throttle','retryAfter':'soon'} | /retryAfter",
                "{'kind':'throttle','retryAfterSeconds':86401} | /retryAfterSeconds",
                "{'kind':'drip','delayMillis':0} | /delayMillis",
                "{'kind':'drip','distribution':'uniform'} | /distribution",
                "{'kind':'malformed','malformedKind':'odd'} | /malformedKind",
                "{'kind':'failover','lostSeconds':86401} | /lostSeconds",
                "[{'kind':'hang'},{'kind':'hang'}] | /1/kind",
                "[{'kind':'hang'},7] | /1",
                "{'value':[{'kind':'odd'}]} | /value/0/kind",
                "{'value':[],'kind':'hang'} | /kind",
            })
    void whatIsWrongIsNamed(String text, String pointer) {
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> FaultReader.faults(json(text)))
                .withMessageStartingWith(pointer + ":");
    }

    @Test
    void retryAfterIsWrittenAsAsked() {
        var now = Instant.parse("2026-11-05T07:08:09.5Z");
        assertThat(new RetryAfter(RetryAfter.Form.NONE, 3).header(now)).isEmpty();
        assertThat(new RetryAfter(RetryAfter.Form.SECONDS, 3).header(now)).contains("3");
        assertThat(new RetryAfter(RetryAfter.Form.DATE, 3).header(now)).contains("Thu, 05 Nov 2026 07:08:12 GMT");
    }

    @Test
    void aFailoverTakesAnHour() {
        assertThat(FaultReader.fault(json("{'kind':'failover'}")).duration()).contains(Duration.ofHours(1));
    }
}
