package dev.berth.identity;

import static dev.berth.identity.ChainFixture.ANCHORS;
import static dev.berth.identity.ChainFixture.CONTOSO;
import static dev.berth.identity.ChainFixture.FABRIKAM;
import static dev.berth.identity.ChainFixture.LINE;
import static dev.berth.identity.ChainFixture.NOW;
import static dev.berth.identity.ChainFixture.PKI;
import static dev.berth.identity.ChainFixture.ROOT;
import static dev.berth.identity.ChainFixture.anchor;
import static dev.berth.identity.ChainFixture.anchors;
import static dev.berth.identity.ChainFixture.authority;
import static dev.berth.identity.ChainFixture.device;
import static dev.berth.identity.ChainFixture.deviceSpec;
import static dev.berth.identity.ChainFixture.expired;
import static dev.berth.identity.ChainFixture.judge;
import static dev.berth.identity.ChainFixture.notYetValid;
import static dev.berth.identity.ChainFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.identity.ChainVerdict.Reason;
import dev.berth.identity.ChainVerdict.Refused;
import dev.berth.identity.ChainVerdict.Trusted;
import dev.berth.pki.CertificateSpec;
import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import java.io.ByteArrayInputStream;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChainValidatorTest {

    @ParameterizedTest
    @EnumSource
    void trustsDevicesOfEveryAlgorithmUnderCasOfEveryAlgorithm(KeyAlgorithm algorithm) {
        var root = PKI.root("Root", algorithm);
        var intermediate = PKI.intermediate(root, "Intermediate", algorithm);
        var device = PKI.device(intermediate, "Thermostat-0001", algorithm);

        var verdict = judge(anchors(anchor(CONTOSO, "root", root)), device, intermediate);

        assertThat(verdict)
                .isEqualTo(new Trusted(new DeviceIdentity(
                        CONTOSO,
                        "root",
                        new RegistrationId("thermostat-0001"),
                        Certificates.thumbprint(device.certificate()))));
    }

    @Test
    void takesTheCertificatesAboveTheDevicesAsABagWithStrangersInIt() {
        var area = PKI.intermediate(LINE, "Area 7", KeyAlgorithm.P_384);
        var device = device(area);
        var bag = new ArrayList<>(sent(
                ROOT, LINE, area, PKI.root("Stranger", KeyAlgorithm.ED25519), PKI.root("Line 3", KeyAlgorithm.P_256)));
        long seed = System.nanoTime();
        Collections.shuffle(bag, new Random(seed));
        bag.addFirst(device.certificate());

        assertThat(new ChainValidator().judge(new PresentedChain(bag), ANCHORS, NOW))
                .as("seed %d", seed)
                .isInstanceOf(Trusted.class);
    }

    @Test
    void takesARootAsKnownWhenItsCertificateWasRenewedUnderTheSameKey() {
        var renewed = new CertifiedKey(
                PKI.sign(
                        ROOT,
                        PKI.authority("Contoso Root CA"),
                        ROOT.certificate().getPublicKey()),
                ROOT.key());

        assertThat(judge(ANCHORS, device(LINE), LINE, renewed)).isInstanceOf(Trusted.class);
    }

    @Test
    void asksForACertificate() {
        assertRefused(Reason.CERTIFICATE_MISSING, judge(ANCHORS));
    }

    @Nested
    class Untrusted {
        @Test
        void isADeviceOfAnUnknownCaThatSendsItsCertificateAlone() {
            var verdict = judge(ANCHORS, device(PKI.root("Litware Factory", KeyAlgorithm.P_256)));

            assertRefused(Reason.CERTIFICATE_UNTRUSTED, verdict, "if it is an intermediate");
        }

        @Test
        void isADeviceWhoseWholeChainIsUnknown() {
            var root = PKI.root("Contoso Rival", KeyAlgorithm.P_256);

            assertRefused(Reason.CERTIFICATE_UNTRUSTED, judge(ANCHORS, device(root), root));
        }

        @Test
        void isASelfSignedDevice() {
            assertRefused(
                    Reason.CERTIFICATE_UNTRUSTED, judge(ANCHORS, PKI.selfSigned(deviceSpec(), KeyAlgorithm.P_256)));
        }

        @Test
        void isADeviceOfACaThatOnlyBearsTheNameOfAnAnchor() {
            var namesake = PKI.root("Contoso Root CA", KeyAlgorithm.P_256);

            assertRefused(Reason.CERTIFICATE_UNTRUSTED, judge(ANCHORS, device(namesake)));
            assertRefused(Reason.CERTIFICATE_UNTRUSTED, judge(ANCHORS, device(namesake), namesake));
            assertRefused(Reason.CERTIFICATE_UNTRUSTED, judge(ANCHORS, device(namesake), ROOT));
        }

        @Test
        void isADeviceOfACaThatOnlyBearsTheNameOfAnIntermediate() {
            var namesake = PKI.intermediate(PKI.root("Stranger", KeyAlgorithm.P_256), "Line 3", KeyAlgorithm.P_256);

            assertRefused(Reason.CERTIFICATE_UNTRUSTED, judge(ANCHORS, device(namesake), LINE));
        }

        @Test
        void isEverybodyBelowAnAnchorThatIsNotProven() {
            var pending = TrustAnchors.of(List.of(TrustAnchor.unproven(CONTOSO, "root", ROOT.certificate())));

            assertRefused(Reason.CERTIFICATE_UNTRUSTED, judge(pending, device(ROOT), ROOT));
        }

        @Test
        void isEverybodyBelowAKeyThatTwoAnchorsCarry() {
            var twice = anchors(anchor(CONTOSO, "root", ROOT), anchor(FABRIKAM, "root", ROOT));

            assertRefused(Reason.CERTIFICATE_UNTRUSTED, judge(twice, device(ROOT), ROOT));
        }
    }

    @Nested
    class Incomplete {
        @Test
        void isAChainWhoseMissingIssuerStoodInAGoodChainBefore() {
            var validator = new ChainValidator();
            validator.judge(new PresentedChain(sent(device(LINE), LINE)), ANCHORS, NOW);

            assertRefused(
                    Reason.CERTIFICATE_CHAIN_INCOMPLETE,
                    validator.judge(new PresentedChain(sent(device(LINE))), ANCHORS, NOW),
                    "Line 3");
        }

        @Test
        void isAChainThatComesWithTheAnchorAndWithoutTheLinkToIt() {
            assertRefused(Reason.CERTIFICATE_CHAIN_INCOMPLETE, judge(ANCHORS, device(LINE), ROOT));
        }

        @ParameterizedTest
        @ValueSource(strings = {"CN=CONTOSO Line 4", "CN=Line 4,O=Contoso,C=DE", "CN=Line 4,DC=contoso,DC=example"})
        void isAChainWhoseMissingIssuerIsNamedLikeAnAnchor(String issuer) {
            var spec = PKI.authority("any");
            var line4 = authority(
                    ROOT,
                    new CertificateSpec(
                            new X500Principal(issuer), spec.notBefore(), spec.notAfter(), spec.extensions(), null));

            assertRefused(Reason.CERTIFICATE_CHAIN_INCOMPLETE, judge(ANCHORS, device(line4)));
        }

        @Test
        void isAChainWithAGapHigherUp() {
            var area = PKI.intermediate(
                    PKI.intermediate(ROOT, "Contoso Line 5", KeyAlgorithm.P_256), "Area 9", KeyAlgorithm.P_256);

            assertRefused(Reason.CERTIFICATE_CHAIN_INCOMPLETE, judge(ANCHORS, device(area), area));
        }

        @Test
        void isNotAChainWhoseIssuerIsLikeAnAnchorInPlaceAndGenericWordsAlone() {
            var root = PKI.root("Root CA 2", KeyAlgorithm.P_256);

            assertRefused(Reason.CERTIFICATE_UNTRUSTED, judge(ANCHORS, device(root)));
        }
    }

    @Nested
    class Validity {
        @Test
        void ofTheDeviceEnds() {
            assertRefused(
                    Reason.CERTIFICATE_EXPIRED,
                    judge(ANCHORS, device(LINE, expired(deviceSpec())), LINE),
                    "thermostat-0001");
        }

        @Test
        void ofTheDeviceBegins() {
            assertRefused(
                    Reason.CERTIFICATE_NOT_YET_VALID, judge(ANCHORS, device(LINE, notYetValid(deviceSpec())), LINE));
        }

        @Test
        void ofAnIntermediateEndsAndBegins() {
            var past = authority(ROOT, expired(PKI.authority("Line 1")));
            var coming = authority(ROOT, notYetValid(PKI.authority("Line 9")));

            assertRefused(Reason.CERTIFICATE_EXPIRED, judge(ANCHORS, device(past), past), "Line 1");
            assertRefused(Reason.CERTIFICATE_NOT_YET_VALID, judge(ANCHORS, device(coming), coming), "Line 9");
        }

        @Test
        void ofTheAnchorEndsAndBegins() {
            var past = PKI.selfSigned(expired(PKI.authority("Old Root")), KeyAlgorithm.P_256);
            var coming = PKI.selfSigned(notYetValid(PKI.authority("New Root")), KeyAlgorithm.P_256);

            assertRefused(
                    Reason.CERTIFICATE_EXPIRED, judge(anchors(anchor(CONTOSO, "old", past)), device(past)), "Old Root");
            assertRefused(
                    Reason.CERTIFICATE_NOT_YET_VALID, judge(anchors(anchor(CONTOSO, "new", coming)), device(coming)));
        }

        @Test
        void isLookedAtOnEveryRequest() {
            var validator = new ChainValidator();
            var chain = sent(device(LINE, deviceSpec().withValidity(NOW, NOW.plusSeconds(60))), LINE);

            assertThat(validator.judge(new PresentedChain(chain), ANCHORS, NOW)).isInstanceOf(Trusted.class);
            assertThat(validator.judge(new PresentedChain(chain), ANCHORS, NOW.plusSeconds(60)))
                    .isInstanceOf(Trusted.class);
            assertRefused(
                    Reason.CERTIFICATE_EXPIRED,
                    validator.judge(new PresentedChain(chain), ANCHORS, NOW.plusSeconds(61)));
            assertRefused(
                    Reason.CERTIFICATE_NOT_YET_VALID,
                    validator.judge(new PresentedChain(chain), ANCHORS, NOW.minusSeconds(1)));
        }
    }

    @Nested
    class Usage {
        @Test
        void ofAnotherPurposeIsRefused() {
            var server = device(LINE, deviceSpec().withExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));

            assertRefused(Reason.CERTIFICATE_USAGE, judge(ANCHORS, server, LINE), "clientAuth");
        }

        @Test
        void mayBeAnyOrUnsaid() {
            var any = device(LINE, deviceSpec().withExtendedKeyUsage(KeyPurposeId.anyExtendedKeyUsage));
            var unsaid = device(
                    LINE, deviceSpec().without(Extension.extendedKeyUsage).without(Extension.keyUsage));

            assertThat(judge(ANCHORS, any, LINE)).isInstanceOf(Trusted.class);
            assertThat(judge(ANCHORS, unsaid, LINE)).isInstanceOf(Trusted.class);
        }

        @Test
        void withoutDigitalSignatureIsRefused() {
            var device = device(LINE, deviceSpec().withKeyUsage(KeyUsage.keyEncipherment));

            assertRefused(Reason.CERTIFICATE_USAGE, judge(ANCHORS, device, LINE), "digitalSignature");
        }

        @Test
        void ofACaAsADeviceIsRefused() {
            assertRefused(Reason.CERTIFICATE_USAGE, judge(ANCHORS, LINE), "is a CA");
        }

        @Test
        void ofAnAnchorAsADeviceIsRefused() {
            assertRefused(Reason.CERTIFICATE_USAGE, judge(ANCHORS, ROOT), "is a CA");
        }

        @Test
        void ofAnIntermediateMustAllowSigningCertificates() {
            var line = authority(ROOT, PKI.authority("Line 1").withKeyUsage(KeyUsage.digitalSignature));

            assertRefused(Reason.CERTIFICATE_USAGE, judge(ANCHORS, device(line), line), "Line 1");
        }

        @Test
        void ofAnIntermediateForServersDoesNotReachDevices() {
            var line = authority(ROOT, PKI.authority("Line 1").withExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));

            assertRefused(Reason.CERTIFICATE_USAGE, judge(ANCHORS, device(line), line), "Line 1");
        }

        @Test
        void ofTheAnchorItselfCounts() {
            var noSigner = PKI.selfSigned(PKI.authority("R1").withKeyUsage(KeyUsage.cRLSign), KeyAlgorithm.P_256);
            var noCa = PKI.selfSigned(PKI.authority("R2").without(Extension.basicConstraints), KeyAlgorithm.P_256);

            assertRefused(Reason.CERTIFICATE_USAGE, judge(anchors(anchor(CONTOSO, "r1", noSigner)), device(noSigner)));
            assertRefused(Reason.CERTIFICATE_USAGE, judge(anchors(anchor(CONTOSO, "r2", noCa)), device(noCa)));
        }
    }

    @Nested
    class TooLong {
        @Test
        void isMoreThanADeviceMaySend() {
            var chain = new ArrayList<>(sent(device(LINE), LINE));
            chain.addAll(Collections.nCopies(ChainValidator.CERTIFICATES_MAX - 1, ROOT.certificate()));

            assertRefused(
                    Reason.CERTIFICATE_CHAIN_TOO_LONG,
                    new ChainValidator().judge(new PresentedChain(chain), ANCHORS, NOW));
        }

        @Test
        void isAPathOneDeeperThanTheLimit() {
            assertThat(new ChainValidator()
                            .judge(new PresentedChain(chain(ChainValidator.PATH_LENGTH_MAX)), ANCHORS, NOW))
                    .isInstanceOf(Trusted.class);
            assertRefused(
                    Reason.CERTIFICATE_CHAIN_TOO_LONG,
                    new ChainValidator()
                            .judge(new PresentedChain(chain(ChainValidator.PATH_LENGTH_MAX + 1)), ANCHORS, NOW));
        }

        @Test
        void isAPathThatAnIntermediateDoesNotAllow() {
            var line = authority(ROOT, PKI.authority("Line 1").withAuthority(0));
            var area = PKI.intermediate(line, "Area 1", KeyAlgorithm.P_256);

            assertThat(judge(ANCHORS, device(line), line)).isInstanceOf(Trusted.class);
            assertRefused(Reason.CERTIFICATE_CHAIN_TOO_LONG, judge(ANCHORS, device(area), area, line));
        }

        @Test
        void isAPathThatTheAnchorDoesNotAllow() {
            var root = PKI.selfSigned(PKI.authority("Flat Root").withAuthority(0), KeyAlgorithm.P_256);
            var line = PKI.intermediate(root, "Line 1", KeyAlgorithm.P_256);
            var anchors = anchors(anchor(CONTOSO, "flat", root));

            assertThat(judge(anchors, device(root))).isInstanceOf(Trusted.class);
            assertRefused(Reason.CERTIFICATE_CHAIN_TOO_LONG, judge(anchors, device(line), line), "Flat Root");
        }

        /** A device and the intermediates above it, this many certificates below the anchor. */
        private static List<X509Certificate> chain(int length) {
            var chain = new ArrayList<X509Certificate>();
            var issuer = ROOT;
            for (int depth = 1; depth < length; depth++) {
                issuer = PKI.intermediate(issuer, "Depth " + depth, KeyAlgorithm.P_256);
                chain.addFirst(issuer.certificate());
            }
            chain.addFirst(device(issuer).certificate());
            return chain;
        }
    }

    @Nested
    class Invalid {
        @ParameterizedTest
        @EnumSource
        void isABrokenSignature(KeyAlgorithm algorithm) throws Exception {
            var root = PKI.root("Root", algorithm);
            var anchors = anchors(anchor(CONTOSO, "root", root));
            byte[] der =
                    PKI.device(root, "thermostat-0001", algorithm).certificate().getEncoded();
            der[der.length - 1] ^= 1;

            assertRefused(
                    Reason.CERTIFICATE_CHAIN_INVALID,
                    new ChainValidator().judge(new PresentedChain(List.of(parse(der))), anchors, NOW),
                    "signature");
        }

        @Test
        void isABrokenSignatureHigherUp() throws Exception {
            byte[] der = LINE.certificate().getEncoded();
            der[der.length - 1] ^= 1;

            assertRefused(
                    Reason.CERTIFICATE_CHAIN_INVALID,
                    new ChainValidator()
                            .judge(new PresentedChain(List.of(device(LINE).certificate(), parse(der))), ANCHORS, NOW));
        }

        @Test
        void isAnIssuerThatIsNoCa() {
            var device = device(LINE);

            assertRefused(Reason.CERTIFICATE_CHAIN_INVALID, judge(ANCHORS, device(device), device, LINE), "no CA");
        }

        @Test
        void isANameOutsideOfTheConstraintsOfAnIntermediate() {
            var line = authority(ROOT, PKI.authority("Line 1").withNameConstraints(directory("O=Contoso")));
            var inside = device(line, deviceSpec("CN=thermostat-0001,O=Contoso"));

            assertThat(judge(ANCHORS, inside, line)).isInstanceOf(Trusted.class);
            assertRefused(Reason.CERTIFICATE_CHAIN_INVALID, judge(ANCHORS, device(line), line), "name constraints");
        }

        @Test
        void isANameOutsideOfTheConstraintsOfTheAnchor() {
            var root = PKI.selfSigned(
                    PKI.authority("Root").withNameConstraints(directory("O=Contoso")), KeyAlgorithm.P_256);
            var anchors = anchors(anchor(CONTOSO, "root", root));

            assertThat(judge(anchors, device(root, deviceSpec("CN=thermostat-0001,O=Contoso"))))
                    .isInstanceOf(Trusted.class);
            assertRefused(Reason.CERTIFICATE_CHAIN_INVALID, judge(anchors, device(root)), "name constraints");
        }

        @Test
        void isACriticalExtensionThatNobodyKnows() {
            var device =
                    device(LINE, deviceSpec().with(new ASN1ObjectIdentifier("1.2.3.4"), true, new DERUTF8String("?")));

            assertRefused(Reason.CERTIFICATE_CHAIN_INVALID, judge(ANCHORS, device, LINE), "critical extension");
        }

        @ParameterizedTest
        @ValueSource(ints = {1024, 2047})
        void isAWeakKey(int bits) throws Exception {
            var pairs = KeyPairGenerator.getInstance("RSA");
            pairs.initialize(bits);
            var weak = PKI.sign(LINE, deviceSpec(), pairs.generateKeyPair().getPublic());

            assertRefused(
                    Reason.CERTIFICATE_CHAIN_INVALID,
                    new ChainValidator().judge(new PresentedChain(List.of(weak, LINE.certificate())), ANCHORS, NOW),
                    "its key is none of");
        }

        @Test
        void isASignatureWithSha1() {
            var root = PKI.root("Root", KeyAlgorithm.RSA_2048);
            var device = device(root, deviceSpec().withSignature("SHA1withRSA"));

            assertRefused(
                    Reason.CERTIFICATE_CHAIN_INVALID,
                    judge(anchors(anchor(CONTOSO, "root", root)), device),
                    "signed with");
        }

        @Test
        void isNeverAFaultOfOurs() throws Exception {
            long seed = System.nanoTime();
            var random = new Random(seed);
            byte[] good = device(LINE).certificate().getEncoded();
            for (int round = 0; round < 2_000; round++) {
                byte[] bad = good.clone();
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
                try {
                    var chain = List.of(parse(bad), LINE.certificate());
                    assertThat(new ChainValidator().judge(new PresentedChain(chain), ANCHORS, NOW))
                            .as("seed %d", seed)
                            .isNotNull();
                } catch (CertificateException e) {
                    // It dies in the handshake.
                }
            }
        }
    }

    @Nested
    class RegistrationIds {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "CN=thermostat 1",
                    "CN=thermostat_",
                    "CN=thermostat.",
                    "CN=th\u00e9rmostat",
                    "CN=\u212aelvin",
                    "O=Contoso",
                    "CN=a+CN=b",
                    "CN=a,CN=b",
                    "CN=a\\+CN=b",
                    "CN=a\\,b"
                })
        void areTheOneCommonNameInTheRightForm(String subject) {
            assertRefused(Reason.REGISTRATION_ID_INVALID, judge(ANCHORS, device(LINE, deviceSpec(subject)), LINE));
        }

        @ParameterizedTest
        @ValueSource(strings = {"CN=A-1_b.c:d-", "O=Contoso+CN=a-1_b.c:d-", "CN=a-1_B.c:d-,O=Contoso,CN2=x"})
        void areReadFromAnyPlaceInTheSubject(String subject) {
            var verdict = judge(ANCHORS, device(LINE, deviceSpec(subject.replace(",CN2=x", ""))), LINE);

            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Trusted.class,
                            trusted -> assertThat(
                                            trusted.device().registrationId().value())
                                    .isEqualTo("a-1_b.c:d-"));
        }

        @Test
        void areJudgedAfterTheChain() {
            var nameless = expired(deviceSpec("O=Contoso"));

            assertRefused(Reason.CERTIFICATE_EXPIRED, judge(ANCHORS, device(LINE, nameless), LINE));
        }
    }

    @Nested
    class Origins {
        @Test
        void areDecidedByTheNearestAnchor() {
            var both = anchors(anchor(CONTOSO, "root", ROOT), anchor(FABRIKAM, "line", LINE));

            assertOrigin(FABRIKAM, judge(both, device(LINE), LINE, ROOT));
            assertOrigin(FABRIKAM, judge(both, device(LINE)));
            assertOrigin(CONTOSO, judge(both, device(ROOT)));
        }

        @Test
        void areNotChangedByRenamingTheNearestAnchor() {
            var both = anchors(anchor(CONTOSO, "root", ROOT), anchor(FABRIKAM, "line", LINE));
            var renamed = new CertifiedKey(
                    PKI.sign(ROOT, PKI.authority("Line X"), LINE.certificate().getPublicKey()), LINE.key());

            assertOrigin(FABRIKAM, judge(both, device(renamed), renamed, ROOT));
        }

        @Test
        void areToldApartWhenAnchorsOfTwoTenantsBearOneName() {
            var other = PKI.root("Contoso Root CA", KeyAlgorithm.P_256);
            var both = anchors(anchor(CONTOSO, "root", ROOT), anchor(FABRIKAM, "root", other));

            assertOrigin(CONTOSO, judge(both, device(ROOT)));
            assertOrigin(FABRIKAM, judge(both, device(other)));
        }

        private static void assertOrigin(TenantId tenant, ChainVerdict verdict) {
            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Trusted.class,
                            trusted -> assertThat(trusted.device().origin()).isEqualTo(tenant));
        }
    }

    @Nested
    class Memory {
        @Test
        void endsWithTheEpochOfTheAnchors() {
            var validator = new ChainValidator();
            var chain = sent(device(LINE), LINE);
            validator.judge(new PresentedChain(chain), ANCHORS, NOW);

            assertRefused(
                    Reason.CERTIFICATE_UNTRUSTED, validator.judge(new PresentedChain(chain), TrustAnchors.NONE, NOW));
            assertThat(validator.judge(new PresentedChain(chain), ANCHORS, NOW)).isInstanceOf(Trusted.class);
        }

        @Test
        void keepsItsEpochWhenTheAnchorsAreReadAgain() {
            assertThat(anchors(anchor(CONTOSO, "root", ROOT)).epoch()).isEqualTo(ANCHORS.epoch());
        }

        @Test
        void isOfTheWholeOfWhatWasSent() {
            var validator = new ChainValidator();
            var device = device(LINE);
            validator.judge(new PresentedChain(sent(device, LINE)), ANCHORS, NOW);

            assertRefused(
                    Reason.CERTIFICATE_CHAIN_INCOMPLETE,
                    validator.judge(new PresentedChain(sent(device)), ANCHORS, NOW));
        }

        @Test
        void isBounded() {
            var recent = new Recent<Integer, Integer>(100);
            IntStream.range(0, 10_000).forEach(i -> {
                recent.put(i, i);
                recent.find(0);
            });

            assertThat(recent.size()).isLessThanOrEqualTo(100);
            assertThat(recent.find(0)).as("used all the time").contains(0);
            assertThat(recent.find(1)).as("used once").isEmpty();
        }
    }

    @Test
    void ofManyWaysThroughABagOnlyAFewAreTried() {
        var bag = new ArrayList<X509Certificate>();
        for (int i = 0; i < ChainValidator.CERTIFICATES_MAX - 1; i++) {
            bag.add(PKI.sign(
                    ROOT,
                    PKI.authority("Twin"),
                    PKI.root("any", KeyAlgorithm.P_256).certificate().getPublicKey()));
        }
        var twin = PKI.intermediate(PKI.root("any", KeyAlgorithm.P_256), "Twin", KeyAlgorithm.P_256);
        bag.addFirst(device(twin).certificate());

        assertThat(new ChainValidator().judge(new PresentedChain(bag), ANCHORS, NOW))
                .isInstanceOf(Refused.class);
    }

    private static GeneralName directory(String name) {
        return new GeneralName(X500Name.getInstance(new X500Principal(name).getEncoded()));
    }

    private static X509Certificate parse(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static void assertRefused(Reason reason, ChainVerdict verdict, String... words) {
        assertThat(verdict).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).as(refused.detail()).isEqualTo(reason);
            assertThat(List.of(words))
                    .allSatisfy(word -> assertThat(refused.detail()).contains(word));
        });
    }
}
