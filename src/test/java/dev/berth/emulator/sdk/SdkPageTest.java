package dev.berth.emulator.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page for users of SDKs shows what the tests run. */
class SdkPageTest {
    private static final Path PAGE = Path.of("docs/emulator-sdks.md");
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- file: (\\S+) -->\n```\\w+\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)\\)");

    @Test
    void everySnippetIsAPartOfItsFile() throws IOException {
        var snippets = SNIPPET.matcher(Files.readString(PAGE)).results().toList();
        assertThat(snippets).isNotEmpty();
        for (var snippet : snippets) {
            assertThat(unindented(Files.readString(Path.of(snippet.group(1))))).contains(unindented(snippet.group(2)));
        }
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        assertThat(LINK.matcher(Files.readString(PAGE)).results().map(link -> PAGE.resolveSibling(link.group(1))))
                .isNotEmpty()
                .allMatch(Files::exists);
    }

    private static String unindented(String code) {
        return code.lines().map(String::strip).reduce("", (before, line) -> before + '\n' + line);
    }
}
