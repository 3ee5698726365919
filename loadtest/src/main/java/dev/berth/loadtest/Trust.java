package dev.berth.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** Makes Gatling trust the certificates of a PEM file, and them alone. */
final class Trust {
    /** It keeps nothing secret: Gatling reads no store without one. */
    private static final String PASSWORD = "certificates";

    private Trust() {}

    /** Before Gatling reads its settings, which it does once. */
    static void in(Path pem, Path store) throws IOException {
        try {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            int n = 0;
            for (var certificate : CertificateFolder.certificates(pem)) {
                keys.setCertificateEntry("ca-" + n++, certificate);
            }
            try (var out = Files.newOutputStream(store)) {
                keys.store(out, PASSWORD.toCharArray());
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(pem + " cannot be trusted", e);
        }
        System.setProperty("gatling.ssl.trustStore.type", "PKCS12");
        System.setProperty("gatling.ssl.trustStore.file", store.toString());
        System.setProperty("gatling.ssl.trustStore.password", PASSWORD);
    }
}
