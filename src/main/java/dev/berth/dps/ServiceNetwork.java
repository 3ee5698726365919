package dev.berth.dps;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The way of the official client to DPS, which it lets nobody set: it takes the JVM's proxy and the JVM's trust. So these are set for the
 * whole JVM, in a way that changes nothing for any other host than those of DPS.
 *
 * @param hostSuffixes the hosts that are DPS's, each with its leading dot
 * @param proxy where their connections go through
 * @param caFile PEM certificates that they may be signed by, besides the JVM's
 */
public record ServiceNetwork(List<String> hostSuffixes, Optional<InetSocketAddress> proxy, Optional<Path> caFile) {
    public ServiceNetwork {
        hostSuffixes = List.copyOf(hostSuffixes);
    }

    /** Sets what is to be set; a second call replaces the first one's settings only for hosts of its own. */
    public void install() throws IOException, GeneralSecurityException {
        if (proxy.isPresent()) {
            var way = List.of(new Proxy(Proxy.Type.HTTP, proxy.get()));
            ProxySelector.setDefault(new HostProxySelector(this::covers, way, ProxySelector.getDefault()));
        }
        if (caFile.isPresent()) {
            HttpsURLConnection.setDefaultSSLSocketFactory(new HostSocketFactory(
                    this::covers, trusting(caFile.get()), HttpsURLConnection.getDefaultSSLSocketFactory()));
        }
    }

    boolean covers(String host) {
        var name = host.toLowerCase(java.util.Locale.ROOT);
        return hostSuffixes.stream().anyMatch(name::endsWith);
    }

    private static SSLSocketFactory trusting(Path caFile) throws IOException, GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new EitherTrust(trust(null), trust(anchors(caFile)))}, null);
        return context.getSocketFactory();
    }

    private static KeyStore anchors(Path caFile) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = new FileInputStream(caFile.toFile())) {
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            if (number == 0) {
                throw new GeneralSecurityException(caFile + " holds no certificate");
            }
        }
        return store;
    }

    private static javax.net.ssl.X509ExtendedTrustManager trust(@org.jspecify.annotations.Nullable KeyStore anchors)
            throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof javax.net.ssl.X509ExtendedTrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this JVM has no X.509 trust manager");
    }
}
