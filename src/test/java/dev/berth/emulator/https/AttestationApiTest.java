package dev.berth.emulator.https;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.TestDevice;
import dev.berth.emulator.TestTokens;
import dev.berth.emulator.enrollment.EnrollmentKind;
import dev.berth.emulator.instance.InstanceConfig;
import dev.berth.emulator.protocol.Pem;
import dev.berth.emulator.protocol.SharedAccessKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that sign with keys, and devices that ask for certificates, over HTTPS and on a clock that the test turns. */
class AttestationApiTest {
    private static final SharedAccessKey KEY = SharedAccessKey.random();
    private static final SharedAccessKey SECOND_KEY = SharedAccessKey.random();
    private static final String KEYS =
            "\"attestation\": {\"type\": \"symmetricKey\", \"symmetricKey\": {\"primaryKey\": \"%s\", \"secondaryKey\": \"%s\"}}"
                    .formatted(KEY.base64(), SECOND_KEY.base64());

    @TempDir
    Path directory;

    private TokenDevices devices;

    @BeforeEach
    void start() throws IOException {
        devices = TokenDevices.start(2, directory);
    }

    @AfterEach
    void stop() throws IOException {
        devices.close();
    }

    @Test
    void aDeviceOfAKeyGroupGetsItsHubAndItsGroupsName() {
        devices.enroll(EnrollmentKind.GROUP, "{\"enrollmentGroupId\": \"fleet\", %s}".formatted(KEYS));
        var done = done("pump-7", TestTokens.derived(KEY, "pump-7"), TestDevice.API_VERSION);
        assertThat(done.text("/status")).isEqualTo("assigned");
        assertThat(done.text("/registrationState/symmetricKey/enrollmentGroupId"))
                .isEqualTo("fleet");
        assertThat(done.body().path("registrationState").has("x509")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anIndividualDeviceGetsTheNameOfItsEnrollmentByEitherKey(boolean primary) {
        devices.enroll(
                EnrollmentKind.INDIVIDUAL,
                "{\"registrationId\": \"pump-7\", \"deviceId\": \"pump\", %s}".formatted(KEYS));
        var done = done("pump-7", primary ? KEY : SECOND_KEY, TestDevice.API_VERSION);
        assertThat(done.text("/registrationState/deviceId")).isEqualTo("pump");
        assertThat(done.body().at("/registrationState/symmetricKey").isEmpty()).isTrue();
    }

    @Test
    void devicesOfOneConnectionAreKnownByTheirTokens() {
        devices.enroll(EnrollmentKind.GROUP, "{\"enrollmentGroupId\": \"fleet\", %s}".formatted(KEYS));
        var one = register("one", token("one", TestTokens.derived(KEY, "one")), TestDevice.API_VERSION);
        var two = register("two", token("two", TestTokens.derived(KEY, "two")), TestDevice.API_VERSION);
        assertThat(one.status()).isEqualTo(202);
        assertThat(two.status()).isEqualTo(202);
        refused(poll("one", one, token("two", TestTokens.derived(KEY, "two"))));
        refused(poll("one", one, token("one", TestTokens.derived(KEY, "two"))));
        assertThat(poll("one", one, token("one", TestTokens.derived(KEY, "one")))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void aWrongKeyAnExpiredTokenAndNoTokenAreUnauthorized() {
        devices.enroll(EnrollmentKind.GROUP, "{\"enrollmentGroupId\": \"fleet\", %s}".formatted(KEYS));
        refused(register("pump-7", token("pump-7", KEY), TestDevice.API_VERSION));
        refused(devices.client().register("pump-7"));
        var token = token("pump-7", TestTokens.derived(KEY, "pump-7"));
        devices.clock().turn(Duration.ofHours(1));
        refused(register("pump-7", token, TestDevice.API_VERSION));
        assertThat(devices.emulator().report(devices.idScope()).registered()).isZero();
    }

    @Test
    void aTokenDoesNotTravelBetweenInstances() {
        devices.enroll(EnrollmentKind.GROUP, "{\"enrollmentGroupId\": \"fleet\", %s}".formatted(KEYS));
        var token = token("pump-7", TestTokens.derived(KEY, "pump-7"));
        devices = devices.atLastInstance();
        devices.enroll(EnrollmentKind.GROUP, "{\"enrollmentGroupId\": \"fleet\", %s}".formatted(KEYS));
        refused(register("pump-7", token, TestDevice.API_VERSION));
    }

    @Test
    void aDeviceThatMovesToAnotherInstanceLeavesItsRecord() {
        var first = devices.idScope();
        devices.enroll(EnrollmentKind.GROUP, "{\"enrollmentGroupId\": \"fleet\", %s}".formatted(KEYS));
        done("pump-7", TestTokens.derived(KEY, "pump-7"), TestDevice.API_VERSION);
        devices = devices.atLastInstance();
        devices.enroll(EnrollmentKind.GROUP, "{\"enrollmentGroupId\": \"fleet\", %s}".formatted(KEYS));
        var moved = done("pump-7", TestTokens.derived(KEY, "pump-7"), TestDevice.API_VERSION);
        assertThat(moved.text("/registrationState/substatus")).isEqualTo("initialAssignment");
        assertThat(devices.emulator().report(first).registered()).isEqualTo(1);
        assertThat(devices.emulator().instance(first).registrations().find("pump-7"))
                .isNotNull();
    }

    @Test
    void aDeviceGetsACertificateWhoseChainEndsAtARootOfItsInstance() throws Exception {
        devices.enroll(
                EnrollmentKind.GROUP,
                "{\"enrollmentGroupId\": \"fleet\", \"credentialPolicyName\": \"default\", %s}".formatted(KEYS));
        var keys = keys();
        var key = TestTokens.derived(KEY, "pump-7");
        var assigning = register("pump-7", token("pump-7", key), "api-version=2026-11-01", csr("pump-7", keys, keys));
        assertThat(assigning.status()).isEqualTo(202);
        devices.clock().turn(InstanceConfig.ASSIGN_DELAY);
        var chain = new ArrayList<X509Certificate>();
        for (var certificate : poll("pump-7", assigning, token("pump-7", key), "api-version=2026-11-01")
                .body()
                .at("/registrationState/issuedCertificateChain")) {
            chain.add(Pem.certificate(certificate.asText()));
        }
        assertThat(chain).hasSize(3);
        assertThat(chain.getFirst().getSubjectX500Principal().getName()).isEqualTo("CN=pump-7");
        assertThat(chain.getFirst().getPublicKey()).isEqualTo(keys.getPublic());
        assertThat(chain.getFirst().getBasicConstraints()).isEqualTo(-1);
        assertThat(Duration.between(
                        devices.clock().now(), chain.getFirst().getNotAfter().toInstant()))
                .isBetween(Duration.ofDays(29), Duration.ofDays(30));
        var root = (ECPublicKey) chain.getLast().getPublicKey();
        assertThat(root.getParams().getOrder().bitLength()).isEqualTo(384);
        for (int i = 0; i < chain.size(); i++) {
            chain.get(i).checkValidity(Date.from(devices.clock().now()));
            chain.get(i).verify(chain.get(Math.min(i + 1, 2)).getPublicKey());
        }
        assertThat(poll("pump-7", assigning, token("pump-7", key)).body().toString())
                .doesNotContain("issuedCertificateChain");
        assertThat(devices.client()
                        .send(
                                "POST",
                                devices.client().path("pump-7") + "?api-version=2026-11-01",
                                "{}",
                                token("pump-7", key))
                        .body()
                        .toString())
                .contains("assigned")
                .doesNotContain("issuedCertificateChain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"credentialPolicyName\": \"default\", ",
                "\"namespaceName\": \"space\", \"certificateAuthorityName\": \"authority\", \"certificatePolicyName\": \"policy\", ",
                ""
            })
    void onlyAnEnrollmentThatNamesAPolicyIssuesCertificates(String policy) throws Exception {
        devices.enroll(EnrollmentKind.GROUP, "{\"enrollmentGroupId\": \"fleet\", %s%s}".formatted(policy, KEYS));
        var keys = keys();
        var key = TestTokens.derived(KEY, "pump-7");
        var assigning = register("pump-7", token("pump-7", key), "api-version=2026-11-01", csr("pump-7", keys, keys));
        devices.clock().turn(InstanceConfig.ASSIGN_DELAY);
        var done = poll("pump-7", assigning, token("pump-7", key), "api-version=2026-11-01");
        assertThat(done.text("/status")).isEqualTo("assigned");
        assertThat(done.body().path("registrationState").has("issuedCertificateChain"))
                .isEqualTo(!policy.isEmpty());
    }

    @Test
    void aRequestOfAnotherNameOrBySomebodyElsesKeyIsBad() throws Exception {
        devices.enroll(
                EnrollmentKind.GROUP,
                "{\"enrollmentGroupId\": \"fleet\", \"credentialPolicyName\": \"default\", %s}".formatted(KEYS));
        var token = token("pump-7", TestTokens.derived(KEY, "pump-7"));
        var keys = keys();
        var tooLong = csr("pump-7", keys, keys).replace("=", "").replace("\"}", "A".repeat(16 * 1024) + "\"}");
        for (var csr :
                new String[] {csr("pump-8", keys, keys), csr("pump-7", keys, keys()), "{\"csr\": \"AAAA\"}", tooLong}) {
            assertThat(register("pump-7", token, "api-version=2026-11-01", csr).status())
                    .isEqualTo(400);
        }
        assertThat(register("pump-7", token, "api-version=2021-10-01", "{\"csr\": \"AAAA\"}")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void oldApiVersionsDoNotSeeWhatCameLater() {
        devices.enroll(EnrollmentKind.GROUP, "{\"enrollmentGroupId\": \"fleet\", %s}".formatted(KEYS));
        var key = TestTokens.derived(KEY, "pump-7");
        assertThat(done("pump-7", key, "api-version=2018-04-01")
                        .body()
                        .path("registrationState")
                        .has("substatus"))
                .isFalse();
        assertThat(done("pump-7", key, "api-version=2018-11-01")
                        .body()
                        .path("registrationState")
                        .has("substatus"))
                .isTrue();
    }

    private TestDevice.Answer done(String id, SharedAccessKey key, String version) {
        var assigning = register(id, token(id, key), version);
        assertThat(assigning.status()).isEqualTo(202);
        devices.clock().turn(InstanceConfig.ASSIGN_DELAY);
        return poll(id, assigning, token(id, key), version);
    }

    private TestDevice.Answer register(String id, String token, String version) {
        return register(id, token, version, "{\"registrationId\": \"%s\"}".formatted(id));
    }

    private TestDevice.Answer register(String id, String token, String version, String body) {
        return devices.register(id, version, body, token);
    }

    private TestDevice.Answer poll(String id, TestDevice.Answer assigning, String token) {
        return poll(id, assigning, token, TestDevice.API_VERSION);
    }

    private TestDevice.Answer poll(String id, TestDevice.Answer assigning, String token, String version) {
        return devices.poll(id, version, assigning, token);
    }

    private String token(String id, SharedAccessKey key) {
        return TestTokens.of(
                devices.idScope() + "%2Fregistrations%2F" + id,
                key,
                devices.clock().now().plus(Duration.ofMinutes(10)),
                "&skn=registration");
    }

    private static void refused(TestDevice.Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body().path("errorCode").asInt()).isEqualTo(401002);
    }

    private static KeyPair keys() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    /** A body with a request for a key, signed by a key that should be the same. */
    private static String csr(String name, KeyPair keys, KeyPair signer) throws Exception {
        var request = new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=" + name), keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()));
        return "{\"csr\": \"%s\"}".formatted(Base64.getEncoder().encodeToString(request.getEncoded()));
    }
}
