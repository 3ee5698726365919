package dev.berth.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DpsWindowTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int LIMIT = 3;

    @Test
    void aSlidingWindowForgetsEachAfterAMinute() {
        assertThat(accepted(new DpsWindow.Sliding(), 0, 10, 20, 30, 60, 61, 70)).isEqualTo("yyynyny");
    }

    @Test
    void aFixedWindowForgetsAllAtItsSeam() {
        assertThat(accepted(new DpsWindow.Fixed(0), 57, 58, 59, 59, 60, 61, 62, 63))
                .isEqualTo("yyynyyyn");
    }

    @Test
    void aFixedWindowHasASeamOfItsOwn() {
        assertThat(accepted(new DpsWindow.Fixed(30 * SECOND), 27, 28, 29, 30, 31))
                .isEqualTo("yyyyy");
    }

    @Test
    void aBucketDrainsAsItFills() {
        assertThat(accepted(new DpsWindow.Bucket(), 0, 0, 0, 0, 20, 21, 40)).isEqualTo("yyynyny");
    }

    private static String accepted(DpsWindow window, int... seconds) {
        var answers = new StringBuilder();
        for (int second : seconds) {
            answers.append(window.accepts(second * SECOND, LIMIT) ? 'y' : 'n');
        }
        return answers.toString();
    }
}
