package dev.berth.emulator.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.TestDevice;
import dev.berth.emulator.TestPki;
import dev.berth.emulator.TurnedClock;
import dev.berth.emulator.https.BodyReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page for people, and what keeps the pages of others from using the admin API. */
class StatusPageTest {
    private static final TestPki.Entity ROOT = TestPki.root("Root");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TurnedClock clock = new TurnedClock();

    @TempDir
    Path directory;

    private Emulator emulator;

    @BeforeEach
    void start() throws IOException {
        emulator = Emulator.start(EmulatorConfig.of(2, 3), directory, clock, BodyReader.Limits.DPS);
    }

    @AfterEach
    void stop() throws IOException {
        emulator.close();
    }

    @Test
    void thePageComesFromTheEmulatorAlone() throws IOException {
        var page = get("/");
        assertThat(page).startsWith("HTTP/1.1 200 ").contains("content-type: text/html; charset=utf-8");
        assertThat(page)
                .contains("Content-Security-Policy: default-src 'none'; script-src 'self'")
                .contains("frame-ancestors 'none'", "X-Content-Type-Options: nosniff");
        var links = Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                .matcher(page)
                .results()
                .map(link -> link.group(1))
                .toList();
        assertThat(links).contains("status.js", "status.css", "status.svg").noneMatch(link -> link.contains("//"));
        for (var link : links) {
            assertThat(get(link.startsWith("/") ? link : "/" + link)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void textsOfDevicesNeverBecomeMarkup() throws IOException {
        assertThat(get("/status.js"))
                .contains("textContent")
                .doesNotContain("innerHTML")
                .doesNotContain("outerHTML")
                .doesNotContain("insertAdjacentHTML")
                .doesNotContain("document.write");
        assertThat(get("/")).doesNotContain("<style").doesNotContain(" style=").doesNotContain(" onclick=");
    }

    @Test
    void noKeyIsOnThePageOrInWhatItAsksFor() throws IOException {
        for (var path : new String[] {"/", "/status.js", "/instances", "/rates", "/arrivals"}) {
            for (var instance : emulator.description().instances()) {
                assertThat(get(path)).doesNotContain(instance.serviceKey().base64());
            }
        }
    }

    @Test
    void ratesAreThoseOfTheLastCompleteSeconds() throws IOException {
        var instances = emulator.description().instances();
        clock.turn(Duration.ofSeconds(10));
        for (var instance : instances) {
            emulator.addEnrollmentGroup(instance.idScope(), "fleet", ROOT.pem());
            var device = new TestDevice(emulator.description(), instance.idScope(), ROOT.device("a"));
            for (int i = 0; i < 4; i++) {
                device.register("a");
            }
        }
        assertThat(JSON.readTree(body("/rates")).at("/accepted/119").asInt()).isZero();
        clock.turn(Duration.ofSeconds(1));
        var all = JSON.readTree(body("/rates"));
        assertThat(all.path("accepted")).hasSize(120);
        assertThat(all.at("/accepted/119").asInt()).isEqualTo(6);
        assertThat(all.at("/throttled/119").asInt()).isEqualTo(2);
        clock.turn(Duration.ofSeconds(119));
        var one = "/instances/" + instances.getFirst().idScope() + "/rates";
        assertThat(JSON.readTree(body(one)).at("/accepted/0").asInt()).isEqualTo(3);
        clock.turn(Duration.ofHours(1));
        assertThat(JSON.readTree(body(one)).path("accepted")).allMatch(count -> count.asInt() == 0);
    }

    @Test
    void theNewestArrivalsOfAllComeFirst() throws IOException {
        var scopes = emulator.description().instances();
        for (var instance : scopes) {
            emulator.addEnrollmentGroup(instance.idScope(), "fleet", ROOT.pem());
            new TestDevice(emulator.description(), instance.idScope(), ROOT.device("a")).register("a");
            clock.turn(Duration.ofMillis(1));
        }
        var arrivals = JSON.readTree(body("/arrivals?limit=1")).path("value");
        assertThat(arrivals).hasSize(1);
        assertThat(arrivals.at("/0/idScope").asText())
                .isEqualTo(scopes.getLast().idScope());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example:1", ""})
    void aHostThatIsNotLoopbackIsRefusedEverything(String host) throws IOException {
        assertThat(send("GET", "/", "Host: " + host)).startsWith("HTTP/1.1 403 ");
        assertThat(send("GET", "/instances", "Host: " + host)).startsWith("HTTP/1.1 403 ");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:PORT, http://127.0.0.1:PORT, 200",
        "localhost:PORT, http://localhost:PORT, 200",
        "LOCALHOST, http://localhost, 200",
        "127.0.0.1:PORT, http://evil.example, 403",
        "127.0.0.1:PORT, null, 403",
        "127.0.0.1:PORT, http://localhost:PORT, 403",
        "127.0.0.1:PORT, https://127.0.0.1:PORT, 403",
        "127.0.0.1:PORT, http://127.0.0.1:3000, 403",
    })
    void aPageOfAnotherOriginIsRefused(String host, String origin, int status) throws IOException {
        var port =
                Integer.toString(URI.create(emulator.description().adminUrl()).getPort());
        var path = "/instances/" + emulator.description().instances().getFirst().idScope() + "/faults";
        var headers = ("Host: " + host + "\r\nOrigin: " + origin).replace("PORT", port);
        assertThat(send("DELETE", path, headers)).startsWith("HTTP/1.1 " + status + " ");
    }

    private String get(String path) throws IOException {
        return send("GET", path, "Host: localhost");
    }

    private String body(String path) throws IOException {
        var answer = get(path);
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    /** As a browser would be made to send it, which java.net.http does not do. */
    private String send(String method, String path, String headers) throws IOException {
        try (var socket = new Socket(
                InetAddress.getLoopbackAddress(),
                URI.create(emulator.description().adminUrl()).getPort())) {
            var request = method + " " + path + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
