package dev.berth.api.problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The page that explains every problem type; both listeners serve it, so that a {@code help} link works without the Internet. */
public final class ProblemPage {
    public static final String PATH = "/docs/problems.md";
    public static final String MEDIA_TYPE = "text/markdown;charset=UTF-8";

    private ProblemPage() {}

    /** The page's Markdown, as UTF-8. */
    public static byte[] markdown() {
        try (var page = Objects.requireNonNull(ProblemPage.class.getResourceAsStream(PATH), PATH)) {
            return page.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
