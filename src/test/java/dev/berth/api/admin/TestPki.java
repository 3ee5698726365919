package dev.berth.api.admin;

import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.OperatorRole;
import dev.berth.pki.PemFiles;
import dev.berth.pki.Pki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An operator CA, a server certificate and whoever the CA vouches for, made afresh for each run. */
final class TestPki {
    static final Pki PKI = new Pki();
    static final CertifiedKey OPERATORS = PKI.root("Operators", KeyAlgorithm.P256);
    static final CertifiedKey DEVICES = PKI.root("Devices", KeyAlgorithm.P256);
    static final CertifiedKey PLATFORM_ADMIN = operator(OperatorRole.PLATFORM_ADMIN);
    static final CertifiedKey NOBODY = operator();

    static final String DIRECTORY;
    static final String SERVER_CERTIFICATE;
    static final String SERVER_KEY;
    static final String OPERATOR_CA;

    static {
        try {
            var directory = Files.createTempDirectory("berth-admin");
            var server = PKI.server(OPERATORS, List.of("localhost", "127.0.0.1"), KeyAlgorithm.P256);
            DIRECTORY = directory.toString();
            SERVER_CERTIFICATE = write(directory, "server.pem", server);
            SERVER_KEY = directory.resolve("server.key").toString();
            PemFiles.writeKey(Path.of(SERVER_KEY), server.key(), PemFiles.Existing.REPLACE);
            OPERATOR_CA = write(directory, "operators.pem", OPERATORS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestPki() {}

    static CertifiedKey in(String tenant, Role role) {
        return operator(OperatorRole.in(tenant, role.wireName()));
    }

    private static CertifiedKey operator(OperatorRole... roles) {
        return PKI.operator(OPERATORS, "somebody", List.of(roles), KeyAlgorithm.P256);
    }

    private static String write(Path directory, String name, CertifiedKey certified) throws IOException {
        var file = directory.resolve(name);
        PemFiles.writeCertificates(file, List.of(certified.certificate()), PemFiles.Existing.REPLACE);
        return file.toString();
    }
}
