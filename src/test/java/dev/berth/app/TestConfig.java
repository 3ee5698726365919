package dev.berth.app;

import io.quarkus.runtime.configuration.PathConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The configuration as the service reads it, without a service. */
final class TestConfig {
    /** What has no default, and is of no matter where no listener starts. */
    private static final List<String> FILES = List.of(
            "device.certificate-file",
            "device.key-file",
            "admin.certificate-file",
            "admin.key-file",
            "admin.operator-ca-file");

    private TestConfig() {}

    static BerthConfig of(Map<String, String> settings) {
        var all = new HashMap<String, String>();
        FILES.forEach(file -> all.put("berth." + file, "unused"));
        all.putAll(settings);
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(BerthConfig.class)
                .withConverter(Path.class, 200, new PathConverter())
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build()
                .getConfigMapping(BerthConfig.class);
    }
}
