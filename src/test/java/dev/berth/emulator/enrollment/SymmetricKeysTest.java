package dev.berth.emulator.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.TestPki;
import dev.berth.emulator.TestTokens;
import dev.berth.emulator.protocol.SharedAccessKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which enrollment decides over a device that signs with a key. */
class SymmetricKeysTest {
    private static final String SCOPE = "0ne00ABCDEF";
    private static final TestPki.Entity ROOT = TestPki.root("Root");
    private static final TestPki.Entity DEVICE = ROOT.device("device");
    private static final SharedAccessKey PRIMARY = SharedAccessKey.random();
    private static final SharedAccessKey SECONDARY = SharedAccessKey.random();

    private final Instant now = Instant.now();
    private final Enrollments enrollments = new Enrollments();

    @Test
    void bothKeysOfAnIndividualEnrollmentServe() {
        individual("device", true, new Attestation.SymmetricKey(PRIMARY, SECONDARY));
        assertThat(decidedBy("device", token("device", PRIMARY))).isEqualTo("accepted by device");
        assertThat(decidedBy("device", token("device", SECONDARY))).isEqualTo("accepted by device");
        assertThat(decidedBy("device", token("device", SharedAccessKey.random())))
                .isEqualTo("UNAUTHORIZED");
    }

    @Test
    void aKeyDerivedFromEitherOfAGroupsKeysServesItsDeviceAlone() {
        group("fleet", true, PRIMARY, SECONDARY);
        assertThat(decidedBy("device", token("device", TestTokens.derived(PRIMARY, "device"))))
                .isEqualTo("accepted by fleet");
        assertThat(decidedBy("device", token("device", TestTokens.derived(SECONDARY, "device"))))
                .isEqualTo("accepted by fleet");
        assertThat(decidedBy("device", token("device", TestTokens.derived(PRIMARY, "other"))))
                .isEqualTo("UNAUTHORIZED");
        assertThat(decidedBy("device", token("device", PRIMARY))).isEqualTo("UNAUTHORIZED");
    }

    @Test
    void theNameMayBeDerivedAsSentOrInSmallLetters() {
        group("fleet", true, PRIMARY, SECONDARY);
        assertThat(decidedBy("Device", token("Device", TestTokens.derived(PRIMARY, "Device"))))
                .isEqualTo("accepted by fleet");
        assertThat(decidedBy("Device", token("Device", TestTokens.derived(PRIMARY, "device"))))
                .isEqualTo("accepted by fleet");
    }

    @Test
    void theFirstGroupWhoseKeyFitsDecidesAlsoWhenItIsDisabled() {
        group("b", false, PRIMARY, PRIMARY);
        group("a", true, PRIMARY, SECONDARY);
        var derived = TestTokens.derived(PRIMARY, "device");
        assertThat(decidedBy("device", token("device", derived))).isEqualTo("disabled by b");
        assertThat(decidedBy("device", token("device", TestTokens.derived(SECONDARY, "device"))))
                .isEqualTo("accepted by a");
        enrollments.removeGroup("b");
        assertThat(decidedBy("device", token("device", derived))).isEqualTo("accepted by a");
    }

    @Test
    void anIndividualEnrollmentDecidesBeforeTheGroup() {
        group("fleet", true, PRIMARY, PRIMARY);
        individual("DEVICE", true, new Attestation.SymmetricKey(SECONDARY, SECONDARY));
        assertThat(decidedBy("device", token("device", TestTokens.derived(PRIMARY, "device"))))
                .isEqualTo("UNAUTHORIZED");
        assertThat(decidedBy("device", token("device", SECONDARY))).isEqualTo("accepted by DEVICE");
        individual("device", false, new Attestation.SymmetricKey(SECONDARY, SECONDARY));
        assertThat(decidedBy("device", token("device", TestTokens.derived(PRIMARY, "device"))))
                .isEqualTo("disabled by device");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0ne00ABCDEF/registrations/device",
                "0ne00ABCDEF%2Fregistrations%2Fdevice",
                "0ne00abcdef%2fregistrations%2fDEVICE"
            })
    void theResourceIsSignedAsItIsSent(String resource) {
        individual("device", true, new Attestation.SymmetricKey(PRIMARY, SECONDARY));
        assertThat(decidedBy("device", signed(resource, PRIMARY))).isEqualTo("accepted by device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&skn=", "&skn=registration"})
    void theKeyMayHaveItsNameOrNone(String tail) {
        individual("device", true, new Attestation.SymmetricKey(PRIMARY, SECONDARY));
        var token = TestTokens.of(SCOPE + "/registrations/device", PRIMARY, now.plusSeconds(60), tail);
        assertThat(decidedBy("device", token)).isEqualTo("accepted by device");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0neANOTHER/registrations/device",
                "0ne00ABCDEF/registrations/other",
                "0ne00ABCDEF/registrations/device/register",
                "0ne00ABCDEF",
                "0ne00ABCDEF/registrations/%zz",
            })
    void aTokenForSomethingElseIsUnauthorized(String resource) {
        individual("device", true, new Attestation.SymmetricKey(PRIMARY, SECONDARY));
        assertThat(decidedBy("device", signed(resource, PRIMARY))).isEqualTo("UNAUTHORIZED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer x", "SharedAccessSignature ", "SharedAccessSignature sr=a&sig=b"})
    void whatIsNoTokenIsUnauthorized(String text) {
        individual("device", true, new Attestation.SymmetricKey(PRIMARY, SECONDARY));
        assertThat(decidedBy("device", text)).isEqualTo("UNAUTHORIZED");
    }

    @Test
    void anotherPolicysNameIsUnauthorized() {
        individual("device", true, new Attestation.SymmetricKey(PRIMARY, SECONDARY));
        var token = TestTokens.of(
                SCOPE + "/registrations/device", PRIMARY, now.plusSeconds(60), "&skn=provisioningserviceowner");
        assertThat(decidedBy("device", token)).isEqualTo("UNAUTHORIZED");
    }

    @Test
    void anExpiredTokenIsUnauthorized() {
        individual("device", true, new Attestation.SymmetricKey(PRIMARY, SECONDARY));
        var resource = SCOPE + "/registrations/device";
        assertThat(decidedBy("device", TestTokens.of(resource, PRIMARY, now.minus(Duration.ofSeconds(1)), "")))
                .isEqualTo("UNAUTHORIZED");
        assertThat(decidedBy("device", TestTokens.of(resource, PRIMARY, now.plus(Duration.ofSeconds(2)), "")))
                .isEqualTo("accepted by device");
    }

    @Test
    void theKindOfTheIndividualEnrollmentSaysWhetherCertificateOrTokenCounts() {
        var chain = DeviceChain.of(DEVICE.chain());
        var stranger = token("device", SharedAccessKey.random());
        individual("device", true, new Attestation.ClientCertificates(List.of(DEVICE.certificate())));
        assertThat(decidedBy("device", new Evidence(Optional.of(chain), Optional.of(stranger))))
                .isEqualTo("accepted by device");
        individual("device", true, new Attestation.SymmetricKey(PRIMARY, SECONDARY));
        assertThat(decidedBy("device", new Evidence(Optional.of(chain), Optional.of(stranger))))
                .isEqualTo("UNAUTHORIZED");
        assertThat(decidedBy("device", new Evidence(Optional.of(chain), Optional.of(token("device", PRIMARY)))))
                .isEqualTo("accepted by device");
    }

    @Test
    void amongGroupsATokenCountsBeforeTheConnectionsCertificate() {
        var chain = Optional.of(DeviceChain.of(DEVICE.chain()));
        var root = new Attestation.Signers(List.of(ROOT.certificate()));
        enrollments.put(new Enrollment.Group("x509", root, settings(true)));
        group("keys", true, PRIMARY, SECONDARY);
        var derived = token("device", TestTokens.derived(PRIMARY, "device"));
        assertThat(decidedBy("device", new Evidence(chain, Optional.of(derived))))
                .isEqualTo("accepted by keys");
        var stranger = token("device", SharedAccessKey.random());
        assertThat(decidedBy("device", new Evidence(chain, Optional.of(stranger))))
                .isEqualTo("UNAUTHORIZED");
        assertThat(decidedBy("device", new Evidence(chain, Optional.empty()))).isEqualTo("accepted by x509");
    }

    @Test
    void aDeviceOfTheSameConnectionIsKnownByItsTokenWhateverTheCertificateSays() {
        group("keys", true, PRIMARY, SECONDARY);
        var chain = Optional.of(DeviceChain.of(ROOT.device("gateway").chain()));
        var token = token("device", TestTokens.derived(PRIMARY, "device"));
        assertThat(decidedBy("device", new Evidence(chain, Optional.of(token)))).isEqualTo("accepted by keys");
    }

    private String token(String registrationId, SharedAccessKey key) {
        return signed(SCOPE + "%2Fregistrations%2F" + registrationId, key);
    }

    private String signed(String resource, SharedAccessKey key) {
        return TestTokens.of(resource, key, now.plusSeconds(60), "&skn=registration");
    }

    private void individual(String id, boolean enabled, Attestation attestation) {
        assertThat(enrollments.put(new Enrollment.Individual(id, id, attestation, settings(enabled))))
                .isEmpty();
    }

    private void group(String id, boolean enabled, SharedAccessKey primary, SharedAccessKey secondary) {
        var keys = new Attestation.SymmetricKey(primary, secondary);
        assertThat(enrollments.put(new Enrollment.Group(id, keys, settings(enabled))))
                .isEmpty();
    }

    private static EnrollmentSettings settings(boolean enabled) {
        return new EnrollmentSettings(enabled, null, null, List.of());
    }

    private String decidedBy(String registrationId, String token) {
        return decidedBy(registrationId, new Evidence(Optional.empty(), Optional.of(token)));
    }

    private String decidedBy(String registrationId, Evidence evidence) {
        return switch (enrollments.attest(new Claim(SCOPE, registrationId, evidence), now)) {
            case Attested.Accepted(var enrollment, var _) -> "accepted by " + enrollment.id();
            case Attested.Challenged challenged -> "challenged";
            case Attested.Disabled(var enrollment) -> "disabled by " + enrollment.id();
            case Attested.Refused(var error) -> error.name();
        };
    }
}
