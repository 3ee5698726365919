package dev.berth.store.cosmos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.Key;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemNamesTest {
    private static final Comparator<int[]> BY_CODE_POINTS = java.util.Arrays::compare;

    @ParameterizedTest
    @CsvSource({
        "sensor-1,sensor-1",
        "contoso/sensor-1,contoso.0sensor-1",
        "a.b,a.-b",
        "a_b,a_3b",
        "00:1A,00:-1A",
        "ü,~-2w"
    })
    void ordinaryNamesStayReadable(String name, String item) {
        assertThat(ItemNames.of(name)).isEqualTo(item);
        assertThat(ItemNames.read(item)).isEqualTo(name);
    }

    @Test
    void everyCharacterComesBackAndNeedsNoEscape() {
        IntStream.rangeClosed(' ', Character.MAX_CODE_POINT)
                .filter(character -> Character.getType(character) != Character.SURROGATE)
                .mapToObj(Character::toString)
                .forEach(name -> {
                    var item = ItemNames.of(name);
                    assertThat(item).matches("[A-Za-z0-9._~!:-]+");
                    assertThat(ItemNames.read(item)).isEqualTo(name);
                });
    }

    @Test
    void itemsAreOrderedAsTheCodePointsOfTheirNames() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var round = 0; round < 100_000; round++) {
            var one = name(random);
            var other = name(random);
            assertThat(Integer.signum(ItemNames.of(one).compareTo(ItemNames.of(other))))
                    .as("seed %d: %s and %s", seed, one, other)
                    .isEqualTo(Integer.signum(BY_CODE_POINTS.compare(
                            one.codePoints().toArray(), other.codePoints().toArray())));
        }
    }

    @Test
    void theLongestNameIsAnIdThatTheServerTakes() {
        assertThat(ItemNames.of("\uFFFD".repeat(Key.LENGTH_MAX))).hasSizeLessThanOrEqualTo(1_023);
        assertThat(ItemNames.of("😀".repeat(Key.LENGTH_MAX / 2))).hasSizeLessThanOrEqualTo(1_023);
    }

    /** Short, and of few characters around every border, so that names often begin alike. */
    private static String name(Random random) {
        var characters = " !,-./09:@AZ[_`az{~\u007F\u00FC\uD7FF\uE000\uFFFD😀";
        var points = characters.codePoints().toArray();
        var name = new StringBuilder();
        for (var length = random.nextInt(4); length >= 0; length--) {
            name.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return name.toString();
    }
}
