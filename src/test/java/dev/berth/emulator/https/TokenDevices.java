package dev.berth.emulator.https;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.TestDevice;
import dev.berth.emulator.TurnedClock;
import dev.berth.emulator.enrollment.EnrollmentKind;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.Decision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Devices without certificates, at one instance of an emulator on a clock that the test turns. */
record TokenDevices(Emulator emulator, TurnedClock clock, String idScope, TestDevice client) implements AutoCloseable {
    /** Registrations that an instance takes in a minute. */
    static final int LIMIT = 100;

    static TokenDevices start(int instances, Path directory) throws IOException {
        var clock = new TurnedClock();
        var emulator = Emulator.start(EmulatorConfig.of(instances, LIMIT), directory, clock, BodyReader.Limits.DPS);
        return at(emulator.description().instances().getFirst().idScope(), emulator, clock);
    }

    /** The same devices at the last instance. */
    TokenDevices atLastInstance() {
        return at(emulator.description().instances().getLast().idScope(), emulator, clock);
    }

    private static TokenDevices at(String idScope, Emulator emulator, TurnedClock clock) {
        return new TokenDevices(emulator, clock, idScope, new TestDevice(emulator.description(), idScope, null));
    }

    void enroll(EnrollmentKind kind, String json) {
        var node = Json.read(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        assertThat(emulator.instance(idScope).register().put(kind, JsonAt.root(node)))
                .isInstanceOf(Decision.Done.class);
    }

    TestDevice.Answer register(String id, String version, String body, String token) {
        return client.send("PUT", client.path(id) + "/register?" + version, body, token);
    }

    TestDevice.Answer poll(String id, String version, TestDevice.Answer assigning, String token) {
        var operation = assigning.text("/operationId");
        return client.send("GET", client.path(id) + "/operations/" + operation + "?" + version, "", token);
    }

    @Override
    public void close() throws IOException {
        emulator.close();
    }
}
