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

    /** Test classes are loaded by several class loaders, which all have to find the same files. */
    private static final String DIRECTORY_PROPERTY = "dev.berth.test.pki";

    private static final Path DIRECTORY = directory();
    static final CertifiedKey OPERATORS = read("operators");
    static final CertifiedKey PLATFORM_ADMIN = operator(OperatorRole.PLATFORM_ADMIN);
    static final CertifiedKey NOBODY = operator();

    private TestPki() {}

    static String file(String name) {
        return DIRECTORY.resolve(name).toString();
    }

    static CertifiedKey in(String tenant, Role role) {
        return role == Role.PLATFORM_ADMIN ? PLATFORM_ADMIN : operator(OperatorRole.in(tenant, role.wireName()));
    }

    private static CertifiedKey operator(OperatorRole... roles) {
        return PKI.operator(OPERATORS, "somebody", List.of(roles), KeyAlgorithm.P_256);
    }

    private static Path directory() {
        var known = System.getProperty(DIRECTORY_PROPERTY);
        if (known != null) {
            return Path.of(known);
        }
        try {
            var directory = Files.createTempDirectory("berth-admin");
            var operators = PKI.root("Operators", KeyAlgorithm.P_256);
            write(directory, "operators", operators);
            write(directory, "server", PKI.server(operators, List.of("localhost", "127.0.0.1"), KeyAlgorithm.P_256));
            System.setProperty(DIRECTORY_PROPERTY, directory.toString());
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path directory, String name, CertifiedKey certified) throws IOException {
        PemFiles.writeCertificates(
                directory.resolve(name + ".pem"), List.of(certified.certificate()), PemFiles.Existing.REPLACE);
        PemFiles.writeKey(directory.resolve(name + ".key"), certified.key(), PemFiles.Existing.REPLACE);
    }

    private static CertifiedKey read(String name) {
        try {
            return PemFiles.read(DIRECTORY.resolve(name + ".pem"), DIRECTORY.resolve(name + ".key"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
