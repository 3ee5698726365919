package dev.berth.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.pki.CertifiedKey;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A device's connection, as plain as a device makes it: TLS 1.3, one request after the other, no headers that it does not need. */
final class BenchDevice implements AutoCloseable {
    private static final byte[] ASK = "GET /v1/id-scope HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);
    private static final char[] NO_PASSWORD = {};

    static {
        // A key store of thousands of devices keeps nothing secret here, and would spend more time on it than all their
        // handshakes.
        Security.setProperty("keystore.pkcs12.keyPbeIterationCount", "1");
    }

    private final SSLSocket socket;
    private final InputStream in;

    private BenchDevice(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /** Trusts {@code serverCa} and shows {@code device}, with {@code issuer} above it. */
    static SSLContext context(X509Certificate serverCa, CertifiedKey device, X509Certificate issuer)
            throws GeneralSecurityException, IOException {
        var keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setCertificateEntry("server-ca", serverCa);
        keys.setKeyEntry("device", device.key(), NO_PASSWORD, new X509Certificate[] {device.certificate(), issuer});
        var keyManagers = KeyManagerFactory.getInstance("PKIX");
        keyManagers.init(keys, NO_PASSWORD);
        return context(keyManagers.getKeyManagers(), keys);
    }

    /** Trusts {@code serverCa} and shows no certificate. */
    static SSLContext context(X509Certificate serverCa) throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server-ca", serverCa);
        return context(new KeyManager[0], trusted);
    }

    private static SSLContext context(KeyManager[] keys, KeyStore trusted) throws GeneralSecurityException {
        var trustManagers = TrustManagerFactory.getInstance("PKIX");
        trustManagers.init(trusted);
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(keys, trustManagers.getTrustManagers(), null);
        // None is resumed; to keep thousands would have the collector copy them, and nobody comes while it does.
        context.getClientSessionContext().setSessionCacheSize(1);
        return context;
    }

    static BenchDevice connect(URI listener, SSLContext context) throws IOException {
        var plain = new Socket(listener.getHost(), listener.getPort());
        plain.setTcpNoDelay(true);
        return new BenchDevice((SSLSocket)
                context.getSocketFactory().createSocket(plain, listener.getHost(), listener.getPort(), true));
    }

    /** The same, once its handshake is done, which else comes with the first request. */
    BenchDevice ready() throws IOException {
        socket.startHandshake();
        return this;
    }

    /** The status of the answer. */
    int ask() throws IOException {
        return send(ASK).status();
    }

    /** The answer to the same. */
    Answer answer() throws IOException {
        return send(ASK);
    }

    /** A status, the seconds of {@code Retry-After} if there are any or else 0, and the body as text. */
    record Answer(int status, int retryAfterSeconds, String body) {}

    Answer send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        int retryAfter = 0;
        boolean chunked = false;
        for (var line = line().toLowerCase(Locale.ROOT); !line.isEmpty(); line = line().toLowerCase(Locale.ROOT)) {
            if (line.startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
            if (line.startsWith("retry-after:")) {
                retryAfter = Integer.parseInt(line.substring(12).strip());
            }
            chunked |= line.equals("transfer-encoding: chunked");
        }
        return new Answer(status, retryAfter, chunked ? chunks() : text(length));
    }

    private String chunks() throws IOException {
        var body = new StringBuilder();
        for (int size = size(); size > 0; size = size()) {
            body.append(text(size));
            line();
        }
        line();
        return body.toString();
    }

    private int size() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String text(int length) throws IOException {
        return new String(in.readNBytes(length), UTF_8);
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
