package dev.berth.emulator.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.EmulatorDescription;
import dev.berth.emulator.TestDevice;
import dev.berth.emulator.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each service SDK must be able to do: its script checks the answers, and prints a line for each step that held. */
abstract class ServiceSdkContract {
    abstract SdkScripts scripts(EmulatorDescription emulator) throws IOException, InterruptedException;

    /** The script's names of its steps. */
    List<String> steps() {
        return List.of(
                "individualEnrollments",
                "keysAreToldOnlyWhenAskedFor",
                "enrollmentGroups",
                "bulkAndPages",
                "registrations",
                "aWrongKeyOpensNothing");
    }

    @Test
    void theServiceClientFindsEverythingItOffers(@TempDir Path directory) throws Exception {
        try (var fleet = SdkFleet.start(directory)) {
            var emulator = fleet.emulator().description();
            for (int i = 0; i < 2; i++) {
                var device = (SdkDevice.WithCertificate) fleet.device(Proof.CERTIFICATE_BELOW_A_GROUP);
                new TestDevice(emulator, SdkFleet.ID_SCOPE, device.identity()).register(device.registrationId());
            }
            var ca = Files.writeString(
                    directory.resolve("new-ca.pem"), TestPki.root("New Root").pem());

            var program = scripts(emulator).administer(fleet, ca);

            assertThat(program.output().lines()).as(program.toString()).containsExactlyElementsOf(steps());
            assertThat(program.succeeded()).as(program.toString()).isTrue();
        }
    }
}
