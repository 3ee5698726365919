package dev.berth.api.device;

import dev.berth.pki.CertificateSpec;
import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.PemFiles;
import dev.berth.pki.PemFiles.Existing;
import dev.berth.pki.Pki;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Certificates for the tests of the listener: one CA, and leaves of any kind of key below it. */
final class TestPki {
    private static final Pki PKI = new Pki();

    private final CertifiedKey ca;

    /** What one end of a connection shows, leaf first, and the leaf's key. */
    record Credential(List<X509Certificate> chain, PrivateKey key) {
        static Credential of(CertifiedKey leaf) {
            return new Credential(List.of(leaf.certificate()), leaf.key());
        }

        Credential with(X509Certificate... more) {
            var longer = new ArrayList<>(chain);
            longer.addAll(List.of(more));
            return new Credential(List.copyOf(longer), key);
        }

        /** The same certificates, and a key that is not theirs. */
        Credential withKeyOf(Credential other) {
            return new Credential(chain, other.key);
        }
    }

    TestPki(String name) {
        ca = PKI.root(name, KeyAlgorithm.P_256);
    }

    CertifiedKey ca() {
        return ca;
    }

    Credential server(String host, KeyAlgorithm algorithm) {
        return Credential.of(PKI.server(ca, List.of(host), algorithm));
    }

    Credential device(String registrationId, KeyAlgorithm algorithm) {
        return Credential.of(PKI.device(ca, registrationId, algorithm));
    }

    Credential issue(CertificateSpec spec) {
        return Credential.of(PKI.issue(ca, spec, KeyAlgorithm.P_256));
    }

    Credential device(String registrationId, DeviceKey key) {
        var pair = key.pair();
        return new Credential(
                List.of(PKI.sign(ca, PKI.deviceSpec(registrationId), pair.getPublic())), pair.getPrivate());
    }

    CertificateSpec deviceSpec(String registrationId) {
        return PKI.deviceSpec(registrationId);
    }

    /** Vouched for by nobody but itself. */
    Credential selfSigned(String registrationId) {
        return Credential.of(PKI.selfSigned(PKI.deviceSpec(registrationId), KeyAlgorithm.P_256));
    }

    /** Writes PEM files, {@code server.crt} and {@code server.key}. */
    static void write(Path directory, Credential server) throws IOException {
        PemFiles.writeCertificates(directory.resolve("server.crt"), server.chain(), Existing.REPLACE);
        PemFiles.writeKey(directory.resolve("server.key"), server.key(), Existing.REPLACE);
    }
}
