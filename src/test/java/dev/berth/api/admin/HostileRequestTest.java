package dev.berth.api.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.contract.StrictJson;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer is the right 4xx, and there is one. */
@QuarkusTest
@TestProfile(AdminProfile.class)
class HostileRequestTest {
    private static final String PUT = "PUT /v1/tenants/contoso HTTP/1.1\r\nHost: localhost\r\n";
    private static final String GET = "GET /v1/tenants HTTP/1.1\r\nHost: localhost\r\n";
    private static final int ANSWER_WAIT_MILLIS = 15_000;

    private final AdminClient admin = AdminClient.as(TestPki.PLATFORM_ADMIN);

    @ParameterizedTest
    @CsvSource({
        "GET, /, 404, not-found",
        "GET, /v2/tenants, 404, not-found",
        "GET, /v1/tenants/contoso/nothing, 404, not-found",
        "GET, /v1/id-scope, 404, not-found",
        "PATCH, /v1/tenants/contoso, 405, method-not-allowed",
        "POST, /v1/tenants, 405, method-not-allowed",
        "DELETE, /v1/tenants/contoso/devices/d, 405, method-not-allowed",
        "GET, /v1/tenants/CONTOSO, 400, validation",
        "GET, /v1/tenants/a%2Fb, 400, validation",
        "GET, /v1/tenants/%00, 400, validation",
        "GET, /v1/tenants?limit=0, 400, validation",
        "GET, /v1/tenants?limit=5&limit=6, 400, validation",
        "GET, /v1/tenants?nonsense, 400, validation"
    })
    void anAddressThatIsNotServedHasItsProblem(String method, String path, int status, String problem) {
        var answer = admin.send(method, path, null);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.headers()).containsKey("x-request-id");
        if (status == 405) {
            assertThat(answer.header("allow")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "////",
                "",
                "application/json, text/plain",
                "multipart/form-data"
            })
    void aBodyThatIsNotJsonIsRefused(String mediaType) {
        var answer = admin.send("PUT", "/v1/tenants/contoso", "{}".getBytes(UTF_8), "Content-Type", mediaType);

        assertThat(answer.problem()).isEqualTo("unsupported-media-type");
    }

    @ParameterizedTest
    @CsvSource({"text/html, 406", "////, 406", "application/json, 200", "*/*, 200", "text/html;q=0.5, 406"})
    void anAnswerThatCannotBeAcceptedIsNotMade(String accept, int status) {
        assertThat(admin.send("GET", "/v1/tenants", null, "Accept", accept).status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "nul", "{} {}", "{\"displayName\":\"a\",\"displayName\":\"b\"}", "\u0000"})
    void whatIsNotOneJsonDocumentIsMalformed(String body) {
        assertThat(admin.put("putTenant", "/v1/tenants/contoso", body).problem())
                .isEqualTo("malformed");
    }

    @Test
    void nestingHasALimit() {
        assertThat(admin.put("putTenant", "/v1/tenants/contoso", "[".repeat(100_000))
                        .problem())
                .isEqualTo("malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "1", "null", "true"})
    void aDocumentThatIsNoObjectIsNotValid(String body) {
        assertThat(admin.put("putTenant", "/v1/tenants/contoso", body).problem())
                .isEqualTo("validation");
    }

    @Test
    void aBodyHasALimit() {
        var body = " ".repeat(StrictJson.BYTES_MAX + 1);

        assertThat(admin.put("putTenant", "/v1/tenants/contoso", body).problem())
                .isEqualTo("content-too-large");
    }

    @Test
    void aBodyInChunksHasALimit() throws IOException {
        var chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";

        var answer = raw(PUT + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(5)
                + "0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("urn:berth:problem:content-too-large");
    }

    @Test
    void aBodyThatDoesNotArriveIsNotWaitedFor() throws IOException {
        var answer = raw(PUT + "Content-Type: application/json\r\nContent-Length: 20\r\n\r\n{");

        assertThat(answer).startsWith("HTTP/1.1 408").contains("urn:berth:problem:request-timeout");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/tenants/%zz",
                "/v1/tenants/%",
                "/v1/tenants/%c3%28/x",
                "/v1/tenants?a=%zz",
                "//",
                "/..",
                "/v1/../v1",
                "*"
            })
    void anAddressThatCannotBeReadIsAnswered(String target) throws IOException {
        assertThat(raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .matches("(?s)HTTP/1.1 4\\d\\d .*");
    }

    @ParameterizedTest
    @CsvSource({"20000, 414", "9000, 414"})
    void anAddressHasALimit(int length, int status) throws IOException {
        assertThat(raw("GET /" + "a".repeat(length) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .matches("(?s)HTTP/1\\.[01] " + status + " .*");
    }

    @Test
    void headersHaveALimit() throws IOException {
        assertThat(raw(GET + "X-Long: " + "a".repeat(20_000) + "\r\n\r\n")).matches("(?s)HTTP/1\\.[01] 431 .*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                GET + "Content-Length: -1\r\n\r\n",
                GET + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
                GET + "Bad Header: 1\r\n\r\n",
                GET + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"
            })
    void whatIsNotHttpIsRefused(String text) throws IOException {
        assertThat(raw(text)).matches("(?s)(HTTP/\\d\\.\\d (4\\d\\d|501|505) .*)?");
    }

    @ParameterizedTest
    @CsvSource({"If-Match, abc", "If-Match, W/\"1\"", "If-None-Match, \"1\"", "If-Match, '\"a\", \"b\"'"})
    void aConditionThatCannotBeReadIsNamed(String header, String value) {
        var answer = admin.put("putTenant", "/v1/tenants/contoso", "{\"displayName\": \"C\"}", header, value);

        assertThat(answer.problem()).isEqualTo("validation");
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo("/" + header);
    }

    @Test
    void aBadTraceIsIgnored() {
        var answer = admin.send("GET", "/v1/tenants", null, "traceparent", "x".repeat(300));

        assertThat(answer.status()).isIn(200, 400);
    }

    /** All that comes back until the connection ends or a while has passed. */
    private static String raw(String request) throws IOException {
        var base = AdminClient.base();
        try (Socket socket = AdminClient.tls(TestPki.PLATFORM_ADMIN)
                .getSocketFactory()
                .createSocket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(ANSWER_WAIT_MILLIS);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            var bytes = new byte[65_536];
            int length = 0;
            while (length < bytes.length && !isWhole(new String(bytes, 0, length, ISO_8859_1))) {
                int read = socket.getInputStream().read(bytes, length, bytes.length - length);
                if (read < 0) {
                    break;
                }
                length += read;
            }
            return new String(bytes, 0, length, ISO_8859_1);
        }
    }

    private static boolean isWhole(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        var match = Pattern.compile("(?i)content-length: (\\d+)").matcher(answer);
        return !match.find() || answer.length() >= end + 4 + Integer.parseInt(match.group(1));
    }
}
