package dev.berth.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CommittedFiguresTest {
    /** A name between backticks, in which {@code *} stands for the sizes of a table. */
    private static final Pattern NAME = Pattern.compile("`([a-z0-9*-]+)`");

    private final CommittedFigures committed = CommittedFigures.load();

    @Test
    void eachIsExplainedInThePerformancePage() throws IOException {
        var page = Files.readString(Path.of("docs/performance.md"));
        var explained = NAME.matcher(page)
                .results()
                .map(found -> Pattern.compile(found.group(1).replace("*", ".+")).asMatchPredicate())
                .toList();

        assertThat(committed.names())
                .allSatisfy(name -> assertThat(explained).as(name).anyMatch(pattern -> pattern.test(name)));
    }

    @Test
    void eachIsANumber() {
        assertThat(committed.names())
                .allSatisfy(name -> assertThat(committed.of(name)).isNotEmpty());
    }

    @Test
    void aFigureThatWasNeverCommittedHasNone() {
        assertThat(committed.of("no-such-figure")).isEmpty();
    }
}
