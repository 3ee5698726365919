package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes of the JDK's engine. */
class JdkHandshakeTest extends HandshakeContract {
    JdkHandshakeTest() {
        super(TlsEngine.JDK);
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3,ED25519", "TLSv1.2,ED25519", "TLSv1.3,P_521", "TLSv1.2,P_521"})
    void takesDevicesOfEveryOtherKindOfKeyToo(String protocol, DeviceKey key) throws IOException {
        assertTaken(PKI.device("device-1", key), protocol);
    }

    @Test
    void aChainOf32CertificatesReachesTheJudge() throws IOException {
        assertTaken(chainOf(32), "TLSv1.3");
    }

    /** A deviation of this engine: it counts certificates, and says by a bare alert that they are too many. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aChainOfMoreThan32CertificatesEndsTheHandshake(String protocol) {
        assertCutOff(chainOf(33), protocol);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aCertificateWhoseKeyMayNotSignReachesTheJudge(String protocol) throws IOException {
        assertTaken(PKI.issue(PKI.deviceSpec("device-1").withKeyUsage(KeyUsage.keyEncipherment)), protocol);
    }

    /** X25519 is the JDK's own work, P-256 is AWS-LC's; a server of this engine takes whichever of those it knows the device names first. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void keysAreAgreedOnByP256WhateverElseADeviceKnows(String protocol) throws IOException {
        try (var device = offering(protocol, "x25519", "secp256r1")) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
        assertThatThrownBy(() -> {
                    try (var device = offering(protocol, "x25519")) {
                        device.get("/v1/id-scope");
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private DeviceClient offering(String protocol, String... groups) throws IOException {
        return DeviceClient.connect(listener().port(), DeviceClient.context(DEVICE), parameters -> {
            parameters.setProtocols(new String[] {protocol});
            parameters.setNamedGroups(groups);
        });
    }
}
