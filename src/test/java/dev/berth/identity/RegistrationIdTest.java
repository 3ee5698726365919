package dev.berth.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationIdTest {
    @Test
    void isHeldInLowerCase() {
        assertThat(RegistrationId.parse("Thermostat-1")).contains(new RegistrationId("tHERMOSTAT-1"));
    }

    @Test
    void hasAtMost128Characters() {
        assertThat(RegistrationId.parse("a".repeat(RegistrationId.LENGTH_MAX))).isPresent();
        assertThat(RegistrationId.parse("a".repeat(RegistrationId.LENGTH_MAX + 1)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "-", "a-", "-._:a", "a.b_c:d-e"})
    void isMadeOfTheCharactersThatDpsTakes(String text) {
        assertThat(RegistrationId.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.", "a_", "a:", "a b", "a\n", "\u00e9", "a/b", "a\u0000"})
    void isMadeOfNoOthers(String text) {
        assertThat(RegistrationId.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new RegistrationId(text));
    }

    @Test
    void isNotReachedFromOutsideOfAsciiByFoldingCase() {
        assertThat(RegistrationId.parse("\u212aelvin"))
                .as("KELVIN SIGN folds to k")
                .isEmpty();
    }
}
