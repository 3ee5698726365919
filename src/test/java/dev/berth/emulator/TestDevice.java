package dev.berth.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.emulator.protocol.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A device that speaks the device API over plain java.net.http. */
public final class TestDevice {
    public static final String API_VERSION = "api-version=2021-06-01";
    private static final char[] NO_PASSWORD = {};
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client;
    private final String base;
    private final String idScope;

    /** An answer; its body is always JSON. */
    public record Answer(int status, JsonNode body, HttpResponse<String> response) {
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public String text(String pointer) {
            return body.at(pointer).asText();
        }
    }

    public TestDevice(EmulatorDescription emulator, String idScope, TestPki.@Nullable Entity identity) {
        this(HttpClient.newBuilder(), emulator, idScope, identity);
    }

    private TestDevice(
            HttpClient.Builder builder,
            EmulatorDescription emulator,
            String idScope,
            TestPki.@Nullable Entity identity) {
        this.client = builder.sslContext(sslContext(identity, emulator.caFile()))
                .connectTimeout(PATIENCE)
                .build();
        this.base = "https://" + emulator.deviceEndpoint();
        this.idScope = idScope;
    }

    public static TestDevice over(
            String tlsVersion, EmulatorDescription emulator, String idScope, TestPki.Entity identity) {
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {tlsVersion});
        return new TestDevice(HttpClient.newBuilder().sslParameters(parameters), emulator, idScope, identity);
    }

    public Answer register(String registrationId) {
        return send(
                "PUT",
                path(registrationId) + "/register?" + API_VERSION,
                "{\"registrationId\":\"%s\"}".formatted(registrationId));
    }

    public Answer poll(String registrationId, String operationId) {
        return send("GET", path(registrationId) + "/operations/" + operationId + "?" + API_VERSION, "");
    }

    public Answer lookUp(String registrationId) {
        return send(
                "POST",
                path(registrationId) + "?" + API_VERSION,
                "{\"registrationId\":\"%s\"}".formatted(registrationId));
    }

    public String path(String registrationId) {
        return "/" + idScope + "/registrations/" + registrationId;
    }

    public Answer send(String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json; charset=utf-8")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return send(request);
    }

    /** With a token, as devices of symmetric keys send it. */
    public Answer send(String method, String path, String body, String token) {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Authorization", token)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    public Answer send(HttpRequest request) {
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), new ObjectMapper().readTree(response.body()), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static SSLContext sslContext(TestPki.@Nullable Entity identity, Path caFile) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(
                    identity == null ? new KeyManager[0] : keyManagers(identity),
                    trust(caFile).getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyManager[] keyManagers(TestPki.Entity identity) throws GeneralSecurityException, IOException {
        var store = emptyStore();
        store.setKeyEntry(
                "device",
                identity.keys().getPrivate(),
                NO_PASSWORD,
                identity.chain().toArray(Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static TrustManagerFactory trust(Path caFile) throws GeneralSecurityException, IOException {
        var store = emptyStore();
        store.setCertificateEntry("ca", Pem.certificate(Files.readString(caFile)));
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
