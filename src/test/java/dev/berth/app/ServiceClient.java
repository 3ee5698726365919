package dev.berth.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.api.contract.Conformance;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Calls operations of one listener as somebody, over TLS, and holds every answer to the contract. */
final class ServiceClient implements AutoCloseable {
    static final Conformance CONFORMANCE = new Conformance();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_WAIT_MAX = Duration.ofSeconds(20);

    private final String listener;
    private final HttpClient http;

    /** @param caller null shows no certificate */
    ServiceClient(String listener, TestKeys keys, @Nullable CertifiedKey caller) {
        this.listener = listener;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls(keys, caller))
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

        String text(String member) {
            return json().path(member).asText();
        }

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }

        /** The name of the problem, or the empty string. */
        String problem() {
            return bytes.length == 0 ? "" : text("type").replace("urn:berth:problem:", "");
        }
    }

    Answer call(String operationId, String path) {
        return call(operationId, path, null);
    }

    Answer call(String operationId, String path, @Nullable String json, String... headers) {
        return send(CONFORMANCE.operation(operationId).method(), operationId, path, json, headers);
    }

    /** With another method than the operation's. */
    Answer send(String method, String operationId, String path, @Nullable String json, String... headers) {
        var body = json == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(json.getBytes(UTF_8));
        var request = HttpRequest.newBuilder(URI.create(listener + path))
                .timeout(ANSWER_WAIT_MAX)
                .method(method, body);
        if (json != null) {
            request.setHeader("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        var answer = send(request.build());
        CONFORMANCE.check(CONFORMANCE.operation(operationId), answer.status(), answer.headers(), answer.bytes());
        return answer;
    }

    private Answer send(HttpRequest request) {
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            var headers = new TreeMap<String, List<String>>();
            response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
            return new Answer(response.statusCode(), headers, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static SSLContext tls(TestKeys keys, @Nullable CertifiedKey caller) {
        try {
            var trusted = store();
            trusted.setCertificateEntry("ca", keys.operators().certificate());
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            var own = store();
            if (caller != null) {
                own.setKeyEntry("caller", caller.key(), new char[0], new Certificate[] {caller.certificate()});
            }
            var shown = KeyManagerFactory.getInstance("PKIX");
            shown.init(own, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(shown.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore store() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
