package dev.berth.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.commons.support.HierarchyTraversalMode.TOP_DOWN;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Each row of the emulator's table of behaviours names its source and tests that there are. */
class BehaviourTableTest {
    private static final Path PAGE = Path.of("docs/emulator.md");
    private static final Path ROOT = Path.of("src/test/java");
    private static final Path TESTS = ROOT.resolve("dev/berth/emulator");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final int CELLS = 3;

    private static List<List<String>> rows;

    @BeforeAll
    static void readTheTable() throws IOException {
        var page = Files.readString(PAGE);
        var section = page.substring(page.indexOf("\n## What it does"), page.indexOf("\n## Not covered yet"));
        rows = section.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| behaviour "))
                .map(line -> List.of(line.substring(1, line.length() - 1).split("\\|", -1)))
                .toList();
    }

    @Test
    void eachRowHasABehaviourASourceAndATest() {
        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row).hasSize(CELLS).allMatch(cell -> !cell.isBlank()));
        assertThat(rows).extracting(List::getFirst).doesNotHaveDuplicates();
        assertThat(rows)
                .allSatisfy(
                        row -> assertThat(CODE.matcher(row.getLast()).results()).isNotEmpty());
    }

    @Test
    void eachTestThatIsNamedExists() throws IOException {
        var known = testsOfAllClasses();
        assertThat(rows.stream()
                        .flatMap(row -> CODE.matcher(row.getLast()).results())
                        .map(name -> name.group(1))
                        .filter(name -> !known.contains(name)))
                .as("tests that are named and do not exist")
                .isEmpty();
    }

    /** {@code Class} of each class with tests, and {@code Class.method} of each of them. */
    private static Set<String> testsOfAllClasses() throws IOException {
        var known = new HashSet<String>();
        try (var files = Files.walk(TESTS)) {
            files.filter(file -> file.toString().endsWith("Test.java")).forEach(file -> {
                var type = type(file);
                for (var method : AnnotationSupport.findAnnotatedMethods(type, Testable.class, TOP_DOWN)) {
                    known.add(type.getSimpleName());
                    known.add(type.getSimpleName() + '.' + method.getName());
                }
            });
        }
        return known;
    }

    private static Class<?> type(Path file) {
        var path = ROOT.relativize(file).toString();
        try {
            return Class.forName(path.replace(".java", "").replace(File.separatorChar, '.'));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
