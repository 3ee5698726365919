package dev.berth.emulator.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The commands of docs/examples/emulator, as somebody types them who has no SDK. */
class CommandLineTest {
    private static final Duration TIME_MAX = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private Emulator emulator;

    @BeforeEach
    void startAndEnroll() throws Exception {
        need("curl", "openssl", "jq");
        emulator = Emulator.start(EmulatorConfig.of(1, 100), folder);
        var enrolled = run(List.of("sh"), "enroll.sh");
        assertThat(enrolled.succeeded()).as(enrolled.toString()).isTrue();
    }

    @AfterEach
    void stop() throws IOException {
        if (emulator != null) {
            emulator.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateBelowTheCaIsEnough(Script script) throws Exception {
        assertRegisters("device-1", run(script, "device-1", "device-1.pem", "device-1.key"));
    }

    @ParameterizedTest
    @CsvSource({"CURL, device-2", "CURL, device-3", "MQTT, device-2", "MQTT, device-3"})
    void soIsAKey(Script script, String registrationId) throws Exception {
        assertRegisters(registrationId, run(script, registrationId, key(registrationId)));
    }

    @ParameterizedTest
    @EnumSource
    void theKeyOfAnotherDeviceIsRefused(Script script) throws Exception {
        var refused = run(script, "device-2", key("device-3"));
        assertThat(refused.succeeded()).isFalse();
        assertThat(refused.output()).contains("401002");
    }

    private static void assertRegisters(String registrationId, Program program) throws IOException {
        assertThat(program.succeeded()).as(program.toString()).isTrue();
        var state = program.json().path("registrationState");
        assertThat(state.path("status").asText()).isEqualTo("assigned");
        assertThat(state.path("deviceId").asText()).isEqualTo(registrationId);
        assertThat(state.path("assignedHub").asText()).startsWith("dps-1-hub-");
    }

    private String key(String registrationId) throws IOException {
        return Files.readString(folder.resolve(registrationId + ".key")).strip();
    }

    enum Script {
        CURL,
        MQTT
    }

    private Program run(Script script, String... arguments) throws IOException, InterruptedException {
        return switch (script) {
            case CURL -> run(List.of("sh"), "curl.sh", arguments);
            case MQTT -> run(List.of(SdkScripts.pythonWithSdks()), "mqtt.py", arguments);
        };
    }

    private Program run(List<String> interpreter, String script, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(interpreter);
        command.add(Path.of("docs/examples/emulator", script).toAbsolutePath().toString());
        command.add("emulator.json");
        command.addAll(Arrays.asList(arguments));
        return Program.run(folder, TIME_MAX, command);
    }

    private static void need(String... programs) {
        for (var program : programs) {
            assumeTrue(
                    Program.isInstalled(program),
                    "SKIPPED: no " + program + " on this machine, so docs/examples/emulator was not run with it");
        }
    }
}
