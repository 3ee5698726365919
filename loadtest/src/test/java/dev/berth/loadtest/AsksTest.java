package dev.berth.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.loadtest.Course.Ask;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsksTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void goodputLeavesTheFirstAndTheLastTenthOut() {
        var asks = new ArrayList<Ask>();
        for (int n = 0; n < 80; n++) {
            asks.add(admitted(n * SECOND / 10, 5));
        }
        for (int n = 0; n < 20; n++) {
            asks.add(new Ask(n * SECOND / 10 + 1, 0, Answer.Kind.LOST));
        }

        var figures = new Asks(asks);

        assertThat(figures.goodput()).isEqualTo(10);
        assertThat(figures.offered()).as("12 of the lost ones are in between").isEqualTo((64 + 12) / 6.4);
    }

    @Test
    void percentilesAreOfTheAdmittedAlone() {
        var asks = new Asks(
                List.of(admitted(1, 10), admitted(2, 30), admitted(3, 20), new Ask(4, 9_000, Answer.Kind.REFUSED)));

        assertThat(asks.percentile(0.5)).isEqualTo(20);
        assertThat(asks.percentile(0.99)).isEqualTo(30);
    }

    @Test
    void nobodyMakesNoFigures() {
        var none = new Asks(List.of());

        assertThat(List.of(none.goodput(), none.offered(), none.percentile(0.99)))
                .containsOnly(0.0);
    }

    private static Ask admitted(long at, int millis) {
        return new Ask(at, millis, Answer.Kind.ADMITTED);
    }
}
