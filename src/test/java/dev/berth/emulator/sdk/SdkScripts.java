package dev.berth.emulator.sdk;

import dev.berth.emulator.EmulatorDescription;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How to run the two scripts of a language against an emulator.
 *
 * @param device the command that registers a device
 * @param service the command that uses all of the service SDK
 */
record SdkScripts(Map<String, String> environment, List<String> device, List<String> service) {
    private static final SdkFolder PYTHON = new SdkFolder("python", List.of("python3"), List.of("requirements.txt"));
    private static final Duration RUN_TIME_MAX = Duration.ofMinutes(1);

    static SdkScripts node(EmulatorDescription emulator) throws IOException, InterruptedException {
        var sdk = new SdkFolder("node", List.of("node", "npm"), List.of("package.json", "package-lock.json"));
        var installed = sdk.installed(List.of(List.of("npm", "ci", "--ignore-scripts")));
        return new SdkScripts(
                Map.of(
                        "NODE_PATH", installed.resolve("node_modules").toString(),
                        "NODE_EXTRA_CA_CERTS", emulator.caFile().toString()),
                List.of("node", sdk.file("device.js")),
                List.of("node", sdk.file("service.js")));
    }

    static SdkScripts python(EmulatorDescription emulator) throws IOException, InterruptedException {
        var python = pythonWithSdks();
        return new SdkScripts(
                Map.of("REQUESTS_CA_BUNDLE", emulator.caFile().toString()),
                List.of(python, PYTHON.file("device.py")),
                List.of(python, PYTHON.file("service.py")));
    }

    /** The interpreter that finds the SDKs, and with them paho-mqtt. */
    static String pythonWithSdks() throws IOException, InterruptedException {
        return PYTHON.installed(List.of(
                        List.of("python3", "-m", "venv", "venv"),
                        List.of("venv/bin/pip", "install", "--no-deps", "--requirement", "requirements.txt")))
                .resolve("venv/bin/python")
                .toString();
    }

    /** A JVM of its own for each device: the SDK takes trust and proxy from properties of the JVM. */
    static SdkScripts java(EmulatorDescription emulator) throws IOException, InterruptedException {
        var bin = Path.of(System.getProperty("java.home"), "bin");
        var jars = System.getProperty("java.class.path");
        var sdk = new SdkFolder("java", List.of(), List.of("Device.java", "Service.java"));
        var classes = sdk.installed(List.of(
                List.of(bin.resolve("javac").toString(), "-cp", jars, "-d", "classes", "Device.java", "Service.java")));
        var java = List.of(
                bin.resolve("java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classes.resolve("classes") + File.pathSeparator + jars,
                "-Djavax.net.ssl.trustStore=" + emulator.caFile().resolveSibling("ca.p12"));
        var proxy = emulator.proxyEndpoint().split(":", 2);
        return new SdkScripts(
                Map.of(),
                and(java, "--add-opens", "java.base/java.net=ALL-UNNAMED", "Device"),
                and(java, "-Dhttps.proxyHost=" + proxy[0], "-Dhttps.proxyPort=" + proxy[1], "Service"));
    }

    SdkOutcome register(SdkFleet fleet, Transport transport, SdkDevice identity)
            throws IOException, InterruptedException {
        var command =
                and(device, fleet.descriptionFile().toString(), transport.name().toLowerCase(Locale.ROOT));
        return SdkOutcome.of(Program.run(
                environment,
                RUN_TIME_MAX,
                and(command, fleet.arguments(identity).toArray(String[]::new))));
    }

    Program administer(SdkFleet fleet, Path ca) throws IOException, InterruptedException {
        return Program.run(
                environment, RUN_TIME_MAX, and(service, fleet.descriptionFile().toString(), ca.toString()));
    }

    private static List<String> and(List<String> first, String... more) {
        var all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }
}
