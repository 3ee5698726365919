package dev.berth.api.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.sandbox.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A real Keycloak with one realm, unpacked from its distribution and started for this run. */
final class Keycloak {
    /** The distribution: {@code keycloak-quarkus-dist-26.4.0.tar.gz} of {@code org.keycloak}. */
    static final String PROPERTY = "dev.berth.test.keycloak";

    private static final String URL_PROPERTY = PROPERTY + ".url";
    private static final long START_MINUTES_MAX = 5;

    private Keycloak() {}

    static boolean isGiven() {
        return System.getProperty(PROPERTY) != null;
    }

    /** The issuer; started once, for all class loaders. */
    static String url() {
        var known = System.getProperty(URL_PROPERTY);
        return known == null ? start() : known;
    }

    /** An access token of a client by its own credentials. */
    static String token(String client) {
        var form = "grant_type=client_credentials&client_secret=secret&client_id=" + client;
        var request = HttpRequest.newBuilder(URI.create(url() + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new ObjectMapper()
                    .readTree(answer.body())
                    .path("access_token")
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String start() {
        try {
            int port = FreePort.choose();
            var home = unpack(Path.of(System.getProperty(PROPERTY)));
            var process = new ProcessBuilder(
                            home.resolve("bin/kc.sh").toString(),
                            "start-dev",
                            "--import-realm",
                            "--http-host=localhost",
                            "--http-port=" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
            var url = "http://localhost:" + port + "/realms/berth";
            await(url, process);
            System.setProperty(URL_PROPERTY, url);
            return url;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Keycloak did not start", e);
        }
    }

    private static void stop(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private static Path unpack(Path archive) throws IOException, InterruptedException {
        var home = Path.of(TestPki.file("keycloak"));
        Files.createDirectories(home.resolve("data/import"));
        var tar = new ProcessBuilder("tar", "-xzf", archive.toString(), "--strip-components=1", "-C", home.toString());
        if (tar.inheritIO().start().waitFor() != 0) {
            throw new IOException("cannot unpack " + archive);
        }
        try (var realm = Objects.requireNonNull(Keycloak.class.getResourceAsStream("/keycloak-realm.json"))) {
            Files.writeString(home.resolve("data/import/berth.json"), new String(realm.readAllBytes(), UTF_8));
        }
        return home;
    }

    private static void await(String url, Process process) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(START_MINUTES_MAX);
        try (var http = HttpClient.newHttpClient()) {
            while (!answers(http, url)) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException("Keycloak did not start");
                }
                Thread.sleep(500);
            }
        }
    }

    private static boolean answers(HttpClient http, String url) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create(url)).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
