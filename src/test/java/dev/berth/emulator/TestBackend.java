package dev.berth.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.berth.emulator.protocol.SasToken;
import dev.berth.emulator.protocol.SharedAccessKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** A backend that speaks the service API over plain java.net.http. */
public final class TestBackend {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client;
    private final EmulatorDescription.Instance instance;
    private final String token;
    private final String apiVersion;

    /** An answer; its body is missing where there is none. */
    public record Answer(int status, JsonNode body, HttpResponse<String> response) {
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public String text(String pointer) {
            return body.at(pointer).asText();
        }
    }

    /** One with its owner's key and a token that is good for an hour. */
    public TestBackend(EmulatorDescription emulator, EmulatorDescription.Instance instance, Instant now) {
        this(
                HttpClient.newBuilder()
                        .sslContext(TestDevice.sslContext(null, emulator.caFile()))
                        .connectTimeout(PATIENCE)
                        .build(),
                instance,
                token(instance.serviceEndpoint(), instance.serviceKey(), now, "provisioningserviceowner"),
                "2021-10-01");
    }

    private TestBackend(HttpClient client, EmulatorDescription.Instance instance, String token, String apiVersion) {
        this.client = client;
        this.instance = instance;
        this.token = token;
        this.apiVersion = apiVersion;
    }

    public static String token(String host, SharedAccessKey key, Instant now, String policy) {
        var resource = URLEncoder.encode(host, StandardCharsets.UTF_8);
        return SasToken.sign(resource, key, now.plus(Duration.ofHours(1)), policy);
    }

    /** The same with another Authorization header; an empty one is not sent. */
    public TestBackend withToken(String other) {
        return new TestBackend(client, instance, other, apiVersion);
    }

    public TestBackend withApiVersion(String other) {
        return new TestBackend(client, instance, token, other);
    }

    public Answer get(String path) {
        return send("GET", path, "");
    }

    public Answer delete(String path, String... headers) {
        return send("DELETE", path, "", headers);
    }

    public Answer put(String path, String body, String... headers) {
        return send("PUT", path, body, headers);
    }

    public Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    /** Sends a body, if there is one, as JSON, and then the headers, which come as names and values. */
    public Answer send(String method, String path, String body, String... headers) {
        var version = apiVersion.isEmpty() ? "" : "?api-version=" + apiVersion;
        var request = HttpRequest.newBuilder(URI.create("https://" + instance.serviceEndpoint() + path + version))
                .timeout(PATIENCE)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", token);
        }
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json; charset=utf-8");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    private Answer send(HttpRequest request) {
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            var body = response.body().isEmpty()
                    ? MissingNode.getInstance()
                    : new ObjectMapper().readTree(response.body());
            return new Answer(response.statusCode(), body, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
