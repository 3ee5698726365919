package dev.berth.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void isSecondsOrADate() {
        assertThat(RetryAfter.read("7", NOW)).contains(Duration.ofSeconds(7));
        assertThat(RetryAfter.read(" 0 ", NOW)).contains(Duration.ZERO);
        assertThat(RetryAfter.read("Sat, 21 Nov 2026 12:01:30 GMT", NOW)).contains(Duration.ofSeconds(90));
    }

    @Test
    void isNeverNegativeAndNeverLongerThanARun() {
        assertThat(RetryAfter.read("Sat, 21 Nov 2026 11:00:00 GMT", NOW)).contains(Duration.ZERO);
        assertThat(RetryAfter.read("901", NOW)).contains(RetryAfter.MAX);
        assertThat(RetryAfter.read("999999999", NOW)).contains(RetryAfter.MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "9999999999", "2026-11-21T12:00:00Z"})
    void isNothingWhereItSaysNeither(String header) {
        assertThat(RetryAfter.read(header, NOW)).isEmpty();
    }
}
