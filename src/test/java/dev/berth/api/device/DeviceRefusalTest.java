package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.contract.Contract;
import dev.berth.api.device.TestPki.Credential;
import dev.berth.identity.ChainValidator;
import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.Possession;
import dev.berth.identity.TenantId;
import dev.berth.identity.TrustAnchor;
import dev.berth.identity.TrustAnchors;
import dev.berth.pki.CertificateSpec;
import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.Pki;
import dev.berth.provisioning.IdScopeAnswer;
import dev.berth.provisioning.RegistrationReport;
import dev.berth.provisioning.ReportAnswer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way a chain can be wrong, from a device's socket to the problem it reads, with the true judge and both engines. */
@Timeout(60)
class DeviceRefusalTest {
    private static final Pki PKI = new Pki();
    private static final CertifiedKey ROOT = PKI.root("Contoso Root", KeyAlgorithm.P_256);
    private static final CertifiedKey LINE = PKI.intermediate(ROOT, "Contoso Line 1", KeyAlgorithm.P_256);
    private static final TrustAnchors ANCHORS =
            TrustAnchors.of(List.of(TrustAnchor.unproven(new TenantId("contoso"), "root", ROOT.certificate())
                    .with(new Possession.Proven(Instant.EPOCH))));
    private static final Map<TlsEngine, DeviceListener> LISTENERS = new EnumMap<>(TlsEngine.class);
    private static final Vertx VERTX = Vertx.vertx();

    /** A credential, and the problem that its device reads. */
    enum Case {
        UNKNOWN_ISSUER("certificate-untrusted") {
            @Override
            Credential credential() {
                return leaf(PKI.root("Stranger", KeyAlgorithm.P_256), spec());
            }
        },
        SELF_SIGNED("certificate-untrusted") {
            @Override
            Credential credential() {
                return Credential.of(PKI.selfSigned(spec(), KeyAlgorithm.P_256));
            }
        },
        EXPIRED("certificate-expired") {
            @Override
            Credential credential() {
                return leaf(
                        ROOT, spec().withValidity(now().minus(Duration.ofDays(9)), now().minus(Duration.ofDays(1))));
            }
        },
        NOT_YET_VALID("certificate-not-yet-valid") {
            @Override
            Credential credential() {
                return leaf(ROOT, spec().withValidity(now().plus(Duration.ofDays(1)), now().plus(Duration.ofDays(9))));
            }
        },
        WRONG_EXTENDED_KEY_USAGE("certificate-usage") {
            @Override
            Credential credential() {
                return leaf(ROOT, spec().withExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            }
        },
        WRONG_KEY_USAGE("certificate-usage") {
            @Override
            Credential credential() {
                return leaf(ROOT, spec().withKeyUsage(KeyUsage.keyEncipherment));
            }
        },
        CA_AS_LEAF("certificate-usage") {
            @Override
            Credential credential() {
                var line = PKI.authority("Line 3").withKeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature);
                return Credential.of(PKI.issue(ROOT, line, KeyAlgorithm.P_256));
            }
        },
        MISSING_INTERMEDIATE("certificate-chain-incomplete") {
            @Override
            Credential credential() {
                return leaf(LINE, spec());
            }
        },
        TOO_MANY_CERTIFICATES("certificate-chain-too-long") {
            @Override
            Credential credential() {
                var credential = leaf(ROOT, spec());
                for (int i = 0; i < ChainValidator.CERTIFICATES_MAX; i++) {
                    credential = credential.with(ROOT.certificate());
                }
                return credential;
            }
        },
        PATH_TOO_LONG("certificate-chain-too-long") {
            @Override
            Credential credential() {
                var path = new ArrayList<>(List.of(ROOT));
                for (int i = 0; i < ChainValidator.PATH_LENGTH_MAX; i++) {
                    path.addFirst(PKI.intermediate(path.getFirst(), "Level " + i, KeyAlgorithm.P_256));
                }
                var credential = leaf(path.getFirst(), spec());
                for (var level : path) {
                    credential = credential.with(level.certificate());
                }
                return credential;
            }
        },
        FORGED_BY_A_CA_OF_THE_SAME_NAME("certificate-untrusted") {
            @Override
            Credential credential() {
                return leaf(PKI.root("Contoso Root", KeyAlgorithm.P_256), spec());
            }
        },
        OUTSIDE_NAME_CONSTRAINTS("certificate-chain-invalid") {
            @Override
            Credential credential() {
                var constrained = PKI.authority("Line 2")
                        .withNameConstraints(new GeneralName(GeneralName.dNSName, "contoso.example"));
                var line = PKI.issue(ROOT, constrained, KeyAlgorithm.P_256);
                var name = new GeneralName(GeneralName.dNSName, "fabrikam.example");
                return leaf(line, spec().withAlternativeNames(name)).with(line.certificate());
            }
        },
        BAD_COMMON_NAME("registration-id-invalid") {
            @Override
            Credential credential() {
                return leaf(ROOT, PKI.deviceSpec("not a registration id"));
            }
        };

        private final String problem;

        Case(String problem) {
            this.problem = problem;
        }

        abstract Credential credential();

        static Instant now() {
            return Instant.now();
        }

        static CertificateSpec spec() {
            return PKI.deviceSpec("device-1");
        }

        static Credential leaf(CertifiedKey issuer, CertificateSpec spec) {
            return Credential.of(PKI.issue(issuer, spec, KeyAlgorithm.P_256));
        }
    }

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException, GeneralSecurityException {
        TestPki.write(directory, new TestPki("server-ca").server("localhost", KeyAlgorithm.P_256));
        var validator = new ChainValidator();
        for (var engine : TlsEngine.values()) {
            var settings = new DeviceListener.Settings(
                    "127.0.0.1",
                    0,
                    directory.resolve("server.crt"),
                    directory.resolve("server.key"),
                    Optional.of(engine),
                    DeviceLimits.DEFAULT);
            var listener = new DeviceListener(
                    VERTX,
                    settings,
                    Contract.load(),
                    chain -> validator.judge(chain, ANCHORS, Instant.now()),
                    new NobodyPasses(),
                    DeviceObserver.NONE);
            LISTENERS.put(engine, listener.start());
        }
    }

    @AfterAll
    static void stop() {
        LISTENERS.values().forEach(DeviceListener::close);
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WRONG_KEY_USAGE")
    void eachIsAProblemOfItsOwnWithBoringssl(Case wrong) throws IOException {
        readsItsProblem(TlsEngine.BORINGSSL, wrong);
    }

    /** A deviation of this engine: it looks at the key usage itself, and cannot be told not to. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aKeyThatMayNotSignEndsTheHandshakeWithBoringssl(String protocol) {
        var port = port(TlsEngine.BORINGSSL);
        var credential = Case.WRONG_KEY_USAGE.credential();
        assertThatThrownBy(() -> {
                    try (var device = DeviceClient.connect(port, credential, protocol)) {
                        device.get("/v1/id-scope");
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource
    void eachIsAProblemOfItsOwnWithTheJdk(Case wrong) throws IOException {
        readsItsProblem(TlsEngine.JDK, wrong);
    }

    private static int port(TlsEngine engine) {
        return Objects.requireNonNull(LISTENERS.get(engine)).port();
    }

    private static void readsItsProblem(TlsEngine engine, Case wrong) throws IOException {
        var credential = wrong.credential();
        for (var protocol : DeviceTls.PROTOCOLS) {
            var port = port(engine);
            try (var device = DeviceClient.connect(port, credential, protocol)) {
                var answer = device.get("/v1/id-scope");
                assertThat(answer.problem())
                        .as("%s: %s", protocol, answer.body())
                        .isEqualTo(wrong.problem);
                assertThat(answer.status()).isEqualTo(403);
            }
        }
    }

    /** A refused device is not asked about. */
    private static final class NobodyPasses implements Provisioner {
        @Override
        public IdScopeAnswer idScope(DeviceIdentity device, boolean registerAgain) {
            throw new AssertionError(device);
        }

        @Override
        public ReportAnswer report(DeviceIdentity device, RegistrationReport report) {
            throw new AssertionError(device);
        }
    }
}
