package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecedenceTest {
    private static final Collection DEVICES = Collection.of("devices", "state").mergedBy("generation");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"generation\":7}                        | 7",
                "{\"state\":\"told\",\"generation\":7}     | 7",
                "{\"a\":{\"generation\":1},\"generation\":7} | 7",
                "{}                                        | 0",
                "{\"generation\":\"7\"}                    | 0",
                "{\"generation\":7.5}                      | 0",
                "{\"a\":{\"generation\":7}}                | 0"
            })
    void itIsTheWholeNumberAtTheTopOfTheBody(String body, long precedence) {
        assertThat(Precedence.of(DEVICES, body.getBytes(UTF_8))).hasValue(precedence);
    }

    @Test
    void aCollectionThatIsMergedByNothingHasNone() {
        assertThat(Precedence.of(Collection.of("ledgers"), "{\"generation\":7}".getBytes(UTF_8)))
                .isEqualTo(OptionalLong.empty());
    }

    @Test
    void whatIsNoBodyHasNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Precedence.of(DEVICES, "{\"generation\":".getBytes(UTF_8)));
    }

    @Test
    void aNumberThatNoLongHoldsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Precedence.of(DEVICES, "{\"generation\":99999999999999999999}".getBytes(UTF_8)));
    }
}
