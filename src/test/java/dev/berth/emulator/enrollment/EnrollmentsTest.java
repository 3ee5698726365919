package dev.berth.emulator.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.TestPki;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.SharedAccessKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which enrollment decides over a device. */
class EnrollmentsTest {
    private final Instant now = Instant.now();
    private static final TestPki.Entity ROOT = TestPki.root("Root");
    private static final TestPki.Entity FACTORY = ROOT.authority("Factory");
    private static final TestPki.Entity LINE = FACTORY.authority("Line");
    private static final TestPki.Entity DEVICE = LINE.device("device");
    private static final EnrollmentSettings ENABLED = settings(true);
    private static final EnrollmentSettings DISABLED = settings(false);

    private final Enrollments enrollments = new Enrollments();

    @Test
    void aGroupOfTheRootTakesADeviceThatShowsAllIntermediates() {
        group("root", ENABLED, ROOT);
        assertThat(decidedBy(DEVICE)).isEqualTo("accepted by root");
    }

    @Test
    void intermediatesMayComeInAnyOrder() {
        group("root", ENABLED, ROOT);
        var shuffled = new TestPki.Entity(
                DEVICE.certificate(), DEVICE.keys(), DEVICE.intermediates().reversed());
        assertThat(decidedBy(shuffled)).isEqualTo("accepted by root");
    }

    @Test
    void aMissingIntermediateIsACaThatIsNotFound() {
        group("root", ENABLED, ROOT);
        assertThat(decidedBy(DEVICE.alone())).isEqualTo("CA_CERTIFICATE_NOT_FOUND");
    }

    @Test
    void theNearestCaDecides() {
        group("root", ENABLED, ROOT);
        group("line", ENABLED, LINE);
        group("factory", ENABLED, FACTORY);
        assertThat(decidedBy(DEVICE)).isEqualTo("accepted by line");
        assertThat(decidedBy(FACTORY.device("device"))).isEqualTo("accepted by factory");
    }

    @Test
    void aDisabledNearestGroupIsNotPassedOver() {
        group("root", ENABLED, ROOT);
        group("line", DISABLED, LINE);
        assertThat(decidedBy(DEVICE)).isEqualTo("disabled by line");
    }

    @Test
    void anIndividualEnrollmentDecidesBeforeAnyGroup() {
        group("line", ENABLED, LINE);
        individual("DEVICE", DISABLED, DEVICE);
        assertThat(decidedBy(DEVICE)).isEqualTo("disabled by DEVICE");
    }

    @Test
    void anIndividualEnrollmentTakesItsOwnCertificateOnly() {
        group("line", ENABLED, LINE);
        individual("device", ENABLED, DEVICE);
        assertThat(decidedBy(DEVICE)).isEqualTo("accepted by device");
        assertThat(decidedBy(LINE.device("device"))).isEqualTo("UNAUTHORIZED");
    }

    @Test
    void aDeviceWhoseEnrollmentIsDeletedMayComeThroughItsGroup() {
        group("line", ENABLED, LINE);
        individual("device", DISABLED, DEVICE);
        assertThat(decidedBy(DEVICE)).isEqualTo("disabled by device");
        assertThat(enrollments.removeIndividual("device")).isTrue();
        assertThat(decidedBy(DEVICE)).isEqualTo("accepted by line");
    }

    @Test
    void aDisabledEnrollmentBlocksItsDeviceEvenWithoutItsCertificate() {
        group("line", ENABLED, LINE);
        enrollments.put(new Enrollment.Individual(
                "device",
                "device",
                new Attestation.SymmetricKey(SharedAccessKey.random(), SharedAccessKey.random()),
                DISABLED));
        assertThat(decidedBy(DEVICE)).isEqualTo("disabled by device");
    }

    @Test
    void theSecondaryCertificateServesAsWell() {
        var next = TestPki.root("Next Root");
        group("fleet", ENABLED, ROOT, next);
        assertThat(decidedBy(next.device("device"))).isEqualTo("accepted by fleet");
    }

    @Test
    void aCaOfTheSameNameWithAnotherKeyIsAnotherCa() {
        group("root", ENABLED, ROOT);
        assertThat(decidedBy(TestPki.root("Root").device("device"))).isEqualTo("CA_CERTIFICATE_NOT_FOUND");
    }

    @Test
    void aDeviceCannotIssueDevices() {
        group("root", ENABLED, ROOT);
        assertThat(decidedBy(ROOT.device("middle").device("device"))).isEqualTo("CA_CERTIFICATE_NOT_FOUND");
    }

    @Test
    void theCommonNameIsTheRegistrationIdInAnyLetterCase() {
        group("root", ENABLED, ROOT);
        assertThat(decidedBy(ROOT.device("DEVICE"))).isEqualTo("accepted by root");
        assertThat(decidedBy(ROOT.device("other"))).isEqualTo("UNAUTHORIZED");
    }

    @Test
    void lettersOutsideOfAsciiDoNotFoldIntoTheRegistrationId() {
        group("root", ENABLED, ROOT);
        var kelvin = DeviceChain.of(ROOT.device("\u212aelvin").chain());
        assertThat(enrollments.attest(new Claim("0ne", "kelvin", Evidence.of(kelvin)), now))
                .isEqualTo(new Attested.Refused(DpsError.UNAUTHORIZED));
    }

    @Test
    void anExpiredCertificateAnywhereIsInvalid() {
        group("root", ENABLED, ROOT);
        var past = now.minus(Duration.ofDays(9));
        assertThat(decidedBy(ROOT.issue("device", false, past))).isEqualTo("INVALID_CERTIFICATE");
        assertThat(decidedBy(ROOT.issue("old", true, past).device("device"))).isEqualTo("INVALID_CERTIFICATE");
    }

    @Test
    void aCertificateBelongsToOneEnrollmentUntilThatOneIsGone() {
        group("one", ENABLED, ROOT);
        var two = new Enrollment.Group("two", new Attestation.Signers(List.of(ROOT.certificate())), ENABLED);
        assertThat(enrollments.put(two)).isPresent();
        assertThat(decidedBy(ROOT.device("device"))).isEqualTo("accepted by one");
        assertThat(enrollments.removeGroup("ONE")).isTrue();
        assertThat(enrollments.put(two)).isEmpty();
        assertThat(decidedBy(ROOT.device("device"))).isEqualTo("accepted by two");
    }

    @Test
    void aChainLongerThanTheMaximumIsRefused() {
        group("root", ENABLED, ROOT);
        var last = ROOT;
        for (int i = 0; i < ChainCheck.CHAIN_CERTIFICATES_MAX; i++) {
            last = last.authority("Intermediate " + i);
        }
        assertThat(decidedBy(last.device("device"))).isEqualTo("UNAUTHORIZED");
    }

    private void group(String id, EnrollmentSettings settings, TestPki.Entity... authorities) {
        assertThat(enrollments.put(
                        new Enrollment.Group(id, new Attestation.Signers(certificates(authorities)), settings)))
                .isEmpty();
    }

    private void individual(String id, EnrollmentSettings settings, TestPki.Entity device) {
        var own = new Attestation.ClientCertificates(certificates(device));
        assertThat(enrollments.put(new Enrollment.Individual(id, id, own, settings)))
                .isEmpty();
    }

    private String decidedBy(TestPki.Entity device) {
        return switch (enrollments.attest(
                new Claim("0ne", "device", Evidence.of(DeviceChain.of(device.chain()))), now)) {
            case Attested.Accepted(var enrollment, var _) -> "accepted by " + enrollment.id();
            case Attested.Challenged challenged -> "challenged";
            case Attested.Disabled(var enrollment) -> "disabled by " + enrollment.id();
            case Attested.Refused(var error) -> error.name();
        };
    }

    private static List<X509Certificate> certificates(TestPki.Entity... entities) {
        return Arrays.stream(entities).map(TestPki.Entity::certificate).toList();
    }

    private static EnrollmentSettings settings(boolean enabled) {
        return new EnrollmentSettings(enabled, AllocationPolicy.HASHED, new ReprovisionPolicy(true, true), List.of());
    }
}
