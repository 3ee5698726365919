package dev.berth.emulator.webhook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates webhooks may show: those that the JVM trusts, and those of a file. */
final class WebhookTrust {
    private WebhookTrust() {}

    static TrustManager of(Optional<Path> caFile) throws IOException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (var trusted : manager(null).getAcceptedIssuers()) {
                add(store, trusted);
            }
            if (caFile.isPresent()) {
                try (var file = Files.newInputStream(caFile.get())) {
                    for (var certificate :
                            CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                        add(store, (X509Certificate) certificate);
                    }
                }
            }
            return manager(store);
        } catch (GeneralSecurityException e) {
            throw new IOException("the webhooks' CAs cannot be read: " + e.getMessage(), e);
        }
    }

    private static void add(KeyStore store, X509Certificate certificate) throws GeneralSecurityException {
        store.setCertificateEntry(Integer.toString(store.size()), certificate);
    }

    /** Without a store: what the JVM trusts. */
    private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("the JVM has no trust manager"));
    }
}
