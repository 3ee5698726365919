package dev.berth.app;

import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.OperatorRole;
import dev.berth.pki.PemFiles;
import dev.berth.pki.Pki;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The files of one service under test: an operator CA, which vouches for its listeners too, and a platform administrator. */
record TestKeys(Path directory) {
    static final Pki PKI = new Pki();
    private static final KeyAlgorithm KEYS = KeyAlgorithm.P_256;

    TestKeys write() throws IOException {
        var operators = PKI.root("Operators", KEYS);
        write("operators", operators);
        write("server", PKI.server(operators, List.of("localhost", "127.0.0.1"), KEYS));
        write("admin", PKI.operator(operators, "admin", List.of(OperatorRole.PLATFORM_ADMIN), KEYS));
        return this;
    }

    static CertifiedKey authority(String name) {
        return PKI.root(name, KEYS);
    }

    static CertifiedKey device(CertifiedKey authority, String registrationId) {
        return PKI.device(authority, registrationId, KEYS);
    }

    /** What the service is told: its files, and an empty store. */
    Map<String, String> settings() {
        return Map.of(
                "berth.store.directory", directory.resolve("data").toString(),
                "berth.device.certificate-file", file("server.pem"),
                "berth.device.key-file", file("server.key"),
                "berth.admin.certificate-file", file("server.pem"),
                "berth.admin.key-file", file("server.key"),
                "berth.admin.operator-ca-file", file("operators.pem"));
    }

    CertifiedKey admin() {
        return read("admin");
    }

    CertifiedKey operators() {
        return read("operators");
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private void write(String name, CertifiedKey certified) throws IOException {
        PemFiles.writeCertificates(
                directory.resolve(name + ".pem"), List.of(certified.certificate()), PemFiles.Existing.KEEP);
        PemFiles.writeKey(directory.resolve(name + ".key"), certified.key(), PemFiles.Existing.KEEP);
    }

    private CertifiedKey read(String name) {
        try {
            return PemFiles.read(directory.resolve(name + ".pem"), directory.resolve(name + ".key"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
