package dev.berth.sandbox;

import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.OperatorRole;
import dev.berth.pki.PemFiles;
import dev.berth.pki.Pki;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The keys of one sandbox, made for it alone.
 *
 * @param serverCa signs the certificate of the service's listeners
 * @param operatorCa signs who may administer
 * @param admin a platform administrator
 * @param deviceCa signs devices; the demo tenant's trust anchor
 */
record SandboxPki(
        Pki pki,
        CertifiedKey serverCa,
        CertifiedKey server,
        CertifiedKey operatorCa,
        CertifiedKey admin,
        CertifiedKey deviceCa) {
    static final KeyAlgorithm KEYS = KeyAlgorithm.P_256;

    static SandboxPki fresh() {
        var pki = new Pki();
        var serverCa = pki.root("Berth sandbox server CA", KEYS);
        var operatorCa = pki.root("Berth sandbox operator CA", KEYS);
        return new SandboxPki(
                pki,
                serverCa,
                pki.server(serverCa, List.of("localhost", "127.0.0.1"), KEYS),
                operatorCa,
                pki.operator(operatorCa, "sandbox admin", List.of(OperatorRole.PLATFORM_ADMIN), KEYS),
                pki.root("Berth sandbox device CA", KEYS));
    }

    /** Keys and certificates for these devices, in their order. */
    List<CertifiedKey> devices(List<String> registrationIds) {
        return pki.devices(deviceCa, registrationIds, KEYS);
    }

    /** A device that nobody vouches for. */
    static CertifiedKey stranger() {
        var pki = new Pki();
        return pki.device(pki.root("Nobody's CA", KEYS), "stranger", KEYS);
    }

    /** What proves to the service that the device CA's key is ours. */
    String proof(String code) {
        return PemFiles.pem(pki.proof(deviceCa, code));
    }

    void write(SandboxFiles files) throws IOException {
        certificate(files.serverCa(), serverCa);
        certificate(files.operatorCa(), operatorCa);
        both(files.serverCertificate(), files.serverKey(), server);
        both(files.adminCertificate(), files.adminKey(), admin);
        both(files.deviceCaCertificate(), files.deviceCaKey(), deviceCa);
    }

    static void both(Path certificateFile, Path keyFile, CertifiedKey key) throws IOException {
        certificate(certificateFile, key);
        PemFiles.writeKey(keyFile, key.key(), PemFiles.Existing.REPLACE);
    }

    private static void certificate(Path file, CertifiedKey key) throws IOException {
        PemFiles.writeCertificates(file, List.of(key.certificate()), PemFiles.Existing.REPLACE);
    }
}
