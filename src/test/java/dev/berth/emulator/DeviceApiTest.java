package dev.berth.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registration over HTTPS, on a clock that the test turns. */
class DeviceApiTest {
    private static final TestPki.Entity ROOT = TestPki.root("Fleet Root");

    private final TurnedClock clock = new TurnedClock();

    @TempDir
    Path directory;

    private Emulator emulator;
    private String idScope;

    @BeforeEach
    void start() throws IOException {
        emulator = Emulator.start(EmulatorConfig.of(1, 3), directory, clock);
        idScope = emulator.description().instances().getFirst().idScope();
        emulator.addEnrollmentGroup(idScope, "fleet", ROOT.pem());
    }

    @AfterEach
    void stop() throws IOException {
        emulator.close();
    }

    private TestDevice device(TestPki.Entity identity) {
        return new TestDevice(emulator.description(), idScope, identity);
    }

    @Test
    void answersAssigningAndThenTheHub() {
        var device = device(ROOT.device("device-1"));

        var assigning = device.register("device-1");
        assertThat(assigning.status()).isEqualTo(202);
        assertThat(assigning.text("/status")).isEqualTo("assigning");
        assertThat(assigning.text("/operationId")).matches("5\\.[0-9a-f]{16}\\.[0-9a-f-]{36}");
        assertThat(assigning.header("Retry-After")).isEqualTo("3");
        assertThat(assigning.header("Location"))
                .isEqualTo(
                        "https://" + emulator.description().deviceEndpoint() + device.path("device-1") + "/register");
        assertThat(assigning.header("x-ms-request-id")).isNotEmpty();
        assertThat(assigning.header("transfer-encoding")).isEqualTo("chunked");

        assertThat(device.poll("device-1", assigning.text("/operationId")).status())
                .isEqualTo(202);
        clock.turn(InstanceConfig.ASSIGN_DELAY);
        var assigned = device.poll("device-1", assigning.text("/operationId"));
        assertThat(assigned.status()).isEqualTo(200);
        assertThat(assigned.text("/status")).isEqualTo("assigned");
        assertThat(assigned.text("/registrationState/deviceId")).isEqualTo("device-1");
        assertThat(assigned.text("/registrationState/assignedHub")).endsWith(".azure-devices.net");
        assertThat(assigned.text("/registrationState/substatus")).isEqualTo("initialAssignment");
        assertThat(assigned.text("/registrationState/createdDateTimeUtc"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z");
    }
}
