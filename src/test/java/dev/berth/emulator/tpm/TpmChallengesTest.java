package dev.berth.emulator.tpm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.SoftTpm;
import dev.berth.emulator.enrollment.Attestation;
import dev.berth.emulator.enrollment.Attested;
import dev.berth.emulator.enrollment.Enrollment;
import dev.berth.emulator.enrollment.EnrollmentSettings;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.protocol.SasToken;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How many challenges are remembered. */
class TpmChallengesTest {
    private static final SoftTpm TPM = new SoftTpm();
    private static final Attestation.Tpm KEYS = new Attestation.Tpm(TPM.endorsementKey(), null);
    private static final JsonNode SENT =
            Json.object().put("endorsementKey", TPM.endorsementKey()).put("storageRootKey", TPM.storageRootKey());

    private final TpmChallenges challenges = new TpmChallenges("0ne", 2);

    @Test
    void theOldestIsForgottenForAnotherDevice() throws Exception {
        var first = challenged("first");
        challenged("second");
        assertThat(attested("first", first)).isInstanceOf(Attested.Accepted.class);
        challenged("third");
        assertThat(attested("first", first)).isInstanceOf(Attested.Refused.class);
    }

    @Test
    void aSecondChallengeOfADeviceTakesNoPlace() throws Exception {
        var first = challenged("first");
        challenged("second");
        challenged("second");
        assertThat(attested("first", first)).isInstanceOf(Attested.Accepted.class);
    }

    /** Challenges a device and gives the token that it signs. */
    private SasToken challenged(String id) throws Exception {
        var challenge = (Attested.Challenged) challenges.attest(individual(id), KEYS, Optional.empty(), SENT, 0);
        TPM.activate(Base64.getDecoder().decode(challenge.authenticationKey()));
        var signature = TPM.sign("r\n9".getBytes(StandardCharsets.UTF_8));
        return new SasToken("r", Base64.getEncoder().encodeToString(signature), "9", "");
    }

    private Attested attested(String id, SasToken token) {
        return challenges.attest(individual(id), KEYS, Optional.of(token), null, 0);
    }

    private static Enrollment.Individual individual(String id) {
        return new Enrollment.Individual(id, id, KEYS, new EnrollmentSettings(true, null, null, List.of()));
    }
}
