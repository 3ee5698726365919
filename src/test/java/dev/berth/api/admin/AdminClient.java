package dev.berth.api.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.api.contract.Conformance;
import dev.berth.api.contract.Operation;
import dev.berth.pki.CertifiedKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Calls operations of the admin listener as somebody, and holds every answer to the contract. */
final class AdminClient {
    private static final Conformance CONFORMANCE = new Conformance();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_WAIT_MAX = Duration.ofSeconds(20);

    private final HttpClient http;
    private final Map<String, String> headers = new LinkedHashMap<>();

    private AdminClient(@Nullable CertifiedKey caller) {
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls(caller))
                .build();
    }

    /** An answer that the contract documents. */
    record Answer(int status, Map<String, List<String>> headers, byte[] bytes) {
        JsonNode json() {
            try {
                return JSON.readTree(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String etag() {
            return header("etag");
        }

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }

        /** The name of the problem, or the empty string. */
        String problem() {
            return json().path("type").asText().replace("urn:berth:problem:", "");
        }
    }

    static AdminClient as(CertifiedKey caller) {
        return new AdminClient(caller);
    }

    static AdminClient anonymous() {
        return new AdminClient(null);
    }

    static AdminClient bearing(String token) {
        return anonymous().with("Authorization", "Bearer " + token);
    }

    /** Sends the header with every request from now on. */
    AdminClient with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    static Conformance conformance() {
        return CONFORMANCE;
    }

    static URI base() {
        var port = ConfigProvider.getConfig().getValue("quarkus.http.test-ssl-port", Integer.class);
        return URI.create("https://localhost:" + port);
    }

    Answer get(String operation, String path) {
        return call(operation, path, null);
    }

    Answer delete(String operation, String path, String... moreHeaders) {
        return call(operation, path, null, moreHeaders);
    }

    Answer put(String operation, String path, String body, String... moreHeaders) {
        return call(operation, path, body.getBytes(UTF_8), moreHeaders);
    }

    Answer post(String operation, String path, @Nullable String body) {
        return call(operation, path, body == null ? null : body.getBytes(UTF_8));
    }

    Answer call(String operationId, String path, byte @Nullable [] body, String... moreHeaders) {
        Operation operation = CONFORMANCE.operation(operationId);
        var answer = send(operation.method(), path, body, moreHeaders);
        CONFORMANCE.check(operation, answer.status(), answer.headers(), answer.bytes());
        return answer;
    }

    /** Sends what need not be in the contract. */
    Answer send(String method, String path, byte @Nullable [] body, String... moreHeaders) {
        var request = HttpRequest.newBuilder(base().resolve(path))
                .timeout(ANSWER_WAIT_MAX)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        headers.forEach(request::setHeader);
        for (int i = 0; i < moreHeaders.length; i += 2) {
            request.setHeader(moreHeaders[i], moreHeaders[i + 1]);
        }
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            var received = new TreeMap<String, List<String>>();
            response.headers().map().forEach((name, values) -> received.put(name.toLowerCase(Locale.ROOT), values));
            return new Answer(response.statusCode(), received, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static SSLContext tls(@Nullable CertifiedKey caller) {
        try {
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", TestPki.OPERATORS.certificate());
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(keyStore(caller), new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore keyStore(@Nullable CertifiedKey caller) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        if (caller != null) {
            store.setKeyEntry("caller", caller.key(), new char[0], new Certificate[] {caller.certificate()});
        }
        return store;
    }
}
