package dev.berth.api.problem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The enum and the page of the docs keep step. */
class ProblemPageTest {
    private static final Pattern SECTION = Pattern.compile("(?m)^### (\\S+)\\n\\*\\*(\\d{3})\\.\\*\\*");

    @Test
    void hasOneSectionForEachTypeWithItsStatus() {
        var sections =
                SECTION.matcher(new String(ProblemPage.markdown(), UTF_8)).results();

        assertThat(sections.map(ProblemPageTest::heading))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ProblemType.values())
                        .map(type -> type.slug() + " " + type.status())
                        .toList());
    }

    private static String heading(MatchResult section) {
        return section.group(1) + " " + section.group(2);
    }
}
