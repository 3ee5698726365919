package dev.berth.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;

/** The figures of docs/performance.md by name, beside which new ones are shown. They are a file of this program, so that every form of it has them. */
public final class CommittedFigures {
    private static final String FILE = "figures.properties";

    private final Properties values;

    private CommittedFigures(Properties values) {
        this.values = values;
    }

    /** Those that were committed with this program. */
    public static CommittedFigures load() {
        var values = new Properties();
        try (var file = CommittedFigures.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing in this build");
            }
            values.load(new InputStreamReader(file, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CommittedFigures(values);
    }

    /** In the unit of the measured figure of this name. */
    public OptionalDouble of(String name) {
        var value = values.getProperty(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(value));
    }

    SortedSet<String> names() {
        return new TreeSet<>(values.stringPropertyNames());
    }
}
