package dev.berth.api.device;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** How devices are spoken to: TLS 1.3 and 1.2, suites with forward secrecy, and a certificate asked for. */
final class DeviceTls {
    static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** The largest chain a device may send, in bytes; it leaves room for chains that the validator calls too long. */
    static final int CHAIN_BYTES_MAX = 64 * 1024;

    /**
     * Without finite fields, whose key exchange costs a server far more than a caller, and without X25519, which is the JDK's own work where P-256 is AWS-LC's,
     * and which it would choose whenever a device names it first; every client of TLS 1.3 has P-256 (RFC 8446, section 9.1). P-521 for devices whose key is on it.
     */
    private static final String[] GROUPS_JDK = {"secp256r1", "secp384r1", "secp521r1"};

    private static final String[] GROUPS_BORINGSSL = {"X25519", "P-256", "P-384"};
    private static final List<String> SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private DeviceTls() {}

    /** What the JDK's engine takes for each connection only. */
    static void prepare(SSLEngine engine) {
        if (!(engine instanceof ReferenceCountedOpenSslEngine)) {
            var parameters = engine.getSSLParameters();
            parameters.setNamedGroups(GROUPS_JDK);
            engine.setSSLParameters(parameters);
        }
    }

    static SslContext context(TlsEngine engine, ServerCredential credential) throws SSLException {
        if (!engine.takesServerKey(credential.publicKey())) {
            throw new SSLException("%s cannot show a certificate whose key is %s; start with berth.tls.engine=jdk"
                    .formatted(engine, credential.publicKey().getAlgorithm()));
        }
        var chain = credential.chain().toArray(X509Certificate[]::new);
        var builder = SslContextBuilder.forServer(credential.key(), chain)
                .sslProvider(engine.provider())
                .protocols(PROTOCOLS)
                .ciphers(SUITES, SupportedCipherSuiteFilter.INSTANCE)
                .clientAuth(ClientAuth.OPTIONAL)
                .trustManager(new AnyCertificate());
        if (engine == TlsEngine.BORINGSSL) {
            builder.option(OpenSslContextOption.GROUPS, GROUPS_BORINGSSL)
                    .option(OpenSslContextOption.MAX_CERTIFICATE_LIST_BYTES, CHAIN_BYTES_MAX);
        }
        var context = builder.build();
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(false);
        }
        return context;
    }
}
