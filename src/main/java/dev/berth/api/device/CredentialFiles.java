package dev.berth.api.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;

/** The two files that hold the server's credential, and what was last seen in them. */
final class CredentialFiles {
    private final Path certificateFile;
    private final Path keyFile;
    private byte[] seen = {};

    CredentialFiles(Path certificateFile, Path keyFile) {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
    }

    /**
     * The credential, if the files hold something else than at the last call. What cannot be used is reported once: writers replace one
     * file after the other, and the next look finds both.
     */
    synchronized Optional<ServerCredential> changed() throws IOException, GeneralSecurityException {
        var now = concat(Files.readAllBytes(certificateFile), Files.readAllBytes(keyFile));
        if (Arrays.equals(now, seen)) {
            return Optional.empty();
        }
        seen = now;
        return Optional.of(ServerCredential.read(certificateFile, keyFile));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Override
    public String toString() {
        return certificateFile + " and " + keyFile;
    }
}
