package dev.berth.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Calls HTTPS servers with one certificate and one request at a time, as a small device does. One socket factory for all calls:
 * the JDK keeps a connection alive for the factory that made it.
 */
final class HttpsCaller {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);
    private static final int BODY_BYTES_MAX = 1 << 20;

    private final SSLSocketFactory sockets;
    private final Semaphore inFlight;

    HttpsCaller(SSLContext context) {
        this(context, new Semaphore(1));
    }

    /** Takes one of the permits for each call, for callers that together would be too many for this machine. */
    HttpsCaller(SSLContext context, Semaphore inFlight) {
        this.sockets = context.getSocketFactory();
        this.inFlight = inFlight;
    }

    /** What a server answered; {@code body} is missing when it is no JSON. */
    record Answer(int status, @Nullable String retryAfter, JsonNode body) {
        boolean ok() {
            return status / 100 == 2;
        }

        /** The seconds of {@code Retry-After}, or {@code otherwise} when there are none. */
        Duration retryAfter(Duration otherwise) {
            try {
                return retryAfter == null ? otherwise : Duration.ofSeconds(Integer.parseInt(retryAfter));
            } catch (NumberFormatException date) {
                return otherwise;
            }
        }

        /** The status and what the server says about it, for people. */
        String explained() {
            String detail = body.path("detail").asText(body.path("message").asText(body.toString()));
            return status + " " + body.path("type").asText("") + " " + detail;
        }
    }

    Answer get(String url) throws IOException {
        return call("GET", url, null);
    }

    Answer put(String url, Object body) throws IOException {
        return call("PUT", url, body);
    }

    Answer post(String url, Object body) throws IOException {
        return call("POST", url, body);
    }

    private Answer call(String method, String url, @Nullable Object body) throws IOException {
        inFlight.acquireUninterruptibly();
        try {
            return answer(send(method, url, body));
        } finally {
            inFlight.release();
        }
    }

    private HttpsURLConnection send(String method, String url, @Nullable Object body) throws IOException {
        var connection = (HttpsURLConnection) URI.create(url).toURL().openConnection();
        connection.setSSLSocketFactory(sockets);
        connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
        connection.setReadTimeout((int) READ_TIMEOUT.toMillis());
        connection.setRequestMethod(method);
        connection.setRequestProperty("Accept", "application/json, application/problem+json");
        if (body != null) {
            byte[] bytes = JSON.writeValueAsBytes(body);
            connection.setRequestProperty("Content-Type", "application/json; charset=utf-8");
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(bytes.length);
            try (var out = connection.getOutputStream()) {
                out.write(bytes);
            }
        }
        return connection;
    }

    private static Answer answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            byte[] body = in == null ? new byte[0] : in.readNBytes(BODY_BYTES_MAX);
            return new Answer(status, connection.getHeaderField("Retry-After"), json(body));
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException noJson) {
            return MissingNode.getInstance();
        }
    }
}
