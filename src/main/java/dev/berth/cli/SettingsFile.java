package dev.berth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The operator's properties file. Its lines become system properties unless the setting is given otherwise already, so that what stands
 * on the command line or in the environment of one start has precedence over the file of all.
 */
final class SettingsFile {
    private SettingsFile() {}

    static void read(Path file, Map<String, String> environment, Properties system) throws IOException {
        var lines = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            lines.load(reader);
        }
        lines.stringPropertyNames().stream()
                .filter(name -> !environment.containsKey(variable(name)))
                .forEach(name -> system.putIfAbsent(name, lines.getProperty(name)));
    }

    /** As an environment variable is called that sets {@code name}, for example {@code BERTH_DEVICE_PORT}. */
    private static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
