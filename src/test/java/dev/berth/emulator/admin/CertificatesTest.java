package dev.berth.emulator.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.TestPki;
import dev.berth.emulator.TurnedClock;
import dev.berth.emulator.https.BodyReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CAs as Azure Resource Manager has them: uploaded, proven, referred to and deleted. */
class CertificatesTest {
    private static final TestPki.Entity ROOT = TestPki.root("Fleet Root");
    private static final TestPki.Entity OTHER = TestPki.root("Other Root");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final TurnedClock clock = new TurnedClock();

    @TempDir
    Path directory;

    private Emulator emulator;
    private String collection;
    private String instance;

    private record Answer(int status, JsonNode body) {
        String text(String pointer) {
            return body.at(pointer).asText();
        }
    }

    @BeforeEach
    void start() throws IOException {
        emulator = Emulator.start(EmulatorConfig.of(1, 100), directory, clock, BodyReader.Limits.DPS);
        instance = "/instances/" + emulator.description().instances().getFirst().idScope();
        collection =
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.Devices/provisioningServices/dps-1/certificates";
    }

    @AfterEach
    void stop() throws IOException {
        emulator.close();
    }

    @Test
    void anUploadedCaIsNotVerifiedAndCanBeRead() throws Exception {
        var created = upload("fleet", ROOT);
        assertThat(created.status()).isEqualTo(200);
        assertThat(created.text("/id")).isEqualTo(collection + "/fleet");
        assertThat(created.text("/name")).isEqualTo("fleet");
        assertThat(created.text("/type")).isEqualTo("Microsoft.Devices/provisioningServices/certificates");
        assertThat(created.text("/properties/subject")).isEqualTo("CN=Fleet Root");
        assertThat(created.text("/properties/thumbprint")).matches("[0-9A-F]{40}");
        assertThat(created.text("/properties/expiry")).matches("\\w{3}, \\d{1,2} \\w{3} \\d{4} \\S{8} GMT");
        assertThat(created.body().at("/properties/isVerified").asBoolean(true)).isFalse();
        assertThat(Base64.getDecoder().decode(created.text("/properties/certificate")))
                .isEqualTo(ROOT.certificate().getEncoded());
        assertThat(send("GET", collection + "/FLEET", "").body()).isEqualTo(created.body());
        assertThat(send("GET", collection, "").body().at("/value/0")).isEqualTo(created.body());
    }

    @Test
    void whoeverHoldsTheKeyProvesItWithTheCode() throws Exception {
        var uploaded = upload("fleet", ROOT);
        var code = send("POST", collection + "/fleet/generateVerificationCode", "", etag(uploaded));
        assertThat(code.status()).isEqualTo(200);
        assertThat(code.text("/properties/verificationCode")).matches("[0-9A-F]{48}");
        var proof = ROOT.device(code.text("/properties/verificationCode"));
        var verified = send("POST", collection + "/fleet/verify", certificate(proof), etag(code));
        assertThat(verified.status()).isEqualTo(200);
        assertThat(verified.body().at("/properties/isVerified").asBoolean()).isTrue();
        assertThat(send("PUT", instance + "/enrollmentGroups/g", references("FLEET"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anythingElseProvesNothing() throws Exception {
        var none = upload("fleet", ROOT);
        assertThat(send("POST", collection + "/fleet/verify", certificate(ROOT.device("x")), etag(none))
                        .text("/message"))
                .contains("No verification code");
        var code = send("POST", collection + "/fleet/generateVerificationCode", "", etag(none));
        var name = code.text("/properties/verificationCode");
        assertThat(send("POST", collection + "/fleet/verify", certificate(OTHER.device(name)), etag(code))
                        .text("/message"))
                .contains("not signed");
        var impostor = TestPki.root("Fleet Root").device(name);
        assertThat(send("POST", collection + "/fleet/verify", certificate(impostor), etag(code))
                        .text("/message"))
                .contains("not signed");
        assertThat(send("POST", collection + "/fleet/verify", certificate(ROOT.device(name + '0')), etag(code))
                        .text("/message"))
                .contains("common name");
        var old = ROOT.issue(name, false, Instant.now().minus(Duration.ofDays(9)));
        assertThat(send("POST", collection + "/fleet/verify", certificate(old), etag(code))
                        .status())
                .isEqualTo(400);
        var next = send("POST", collection + "/fleet/generateVerificationCode", "", "*");
        assertThat(send("POST", collection + "/fleet/verify", certificate(ROOT.device(name)), etag(next))
                        .status())
                .isEqualTo(400);
        assertThat(send("GET", collection + "/fleet", "")
                        .body()
                        .at("/properties/isVerified")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void aCaThatIsNotVerifiedCannotBeReferredTo() throws Exception {
        upload("fleet", ROOT);
        var refused = send("PUT", instance + "/enrollmentGroups/g", references("fleet"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/pointer")).isEqualTo("/attestation/x509/caReferences/primary");
    }

    @Test
    void aCaThatIsReferredToStays() throws Exception {
        var uploaded = send("PUT", collection + "/fleet", verified(ROOT));
        send("PUT", instance + "/enrollmentGroups/g", references("fleet"));
        assertThat(send("DELETE", collection + "/fleet", "", etag(uploaded)).status())
                .isEqualTo(409);
        assertThat(send("PUT", collection + "/fleet", verified(OTHER), etag(uploaded))
                        .status())
                .isEqualTo(409);
        send("DELETE", instance + "/enrollmentGroups/g", "");
        assertThat(send("DELETE", collection + "/fleet", "", etag(uploaded)).status())
                .isEqualTo(200);
        assertThat(send("GET", collection + "/fleet", "").status()).isEqualTo(404);
        assertThat(send("DELETE", collection + "/fleet", "", "*").status()).isEqualTo(204);
    }

    @Test
    void aChangeNamesTheEtag() throws Exception {
        var uploaded = upload("fleet", ROOT);
        assertThat(upload("fleet", ROOT).status()).isEqualTo(412);
        assertThat(send("PUT", collection + "/fleet", properties(ROOT), "other").status())
                .isEqualTo(412);
        var replaced = send("PUT", collection + "/fleet", properties(OTHER), etag(uploaded));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(etag(replaced)).isNotEqualTo(etag(uploaded));
        assertThat(send("DELETE", collection + "/fleet", "").status()).isEqualTo(400);
        assertThat(send("DELETE", collection + "/fleet", "", etag(uploaded)).status())
                .isEqualTo(412);
        assertThat(send("POST", collection + "/fleet/generateVerificationCode", "")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anotherCertificateHasToBeProvenAnew() throws Exception {
        var uploaded = send("PUT", collection + "/fleet", verified(ROOT));
        var same = send("PUT", collection + "/fleet", properties(ROOT), etag(uploaded));
        assertThat(same.body().at("/properties/isVerified").asBoolean()).isTrue();
        var other = send("PUT", collection + "/fleet", properties(OTHER), etag(same));
        assertThat(other.body().at("/properties/isVerified").asBoolean(true)).isFalse();
    }

    @Test
    void theShortFormAsksForNoEtag() throws Exception {
        var path = instance + "/certificates/fleet";
        assertThat(send("PUT", path, certificate(ROOT)).status()).isEqualTo(200);
        assertThat(send("PUT", path, certificate(ROOT)).status()).isEqualTo(200);
        assertThat(send("PUT", path, certificate(ROOT), "other").status()).isEqualTo(412);
        var code = send("POST", path + "/generateVerificationCode", "");
        var proof = ROOT.device(code.text("/properties/verificationCode"));
        assertThat(send("POST", path + "/verify", certificate(proof))
                        .body()
                        .at("/properties/isVerified")
                        .asBoolean())
                .isTrue();
        assertThat(send("GET", instance + "/certificates", "").body().path("value"))
                .hasSize(1);
        assertThat(send("DELETE", path, "").status()).isEqualTo(200);
    }

    @Test
    void twentyFiveIsThePublishedCap() throws Exception {
        for (int i = 0; i < 25; i++) {
            assertThat(upload("ca" + i, ROOT).status()).isEqualTo(200);
        }
        var full = upload("ca25", ROOT);
        assertThat(full.status()).isEqualTo(403);
        assertThat(full.text("/message")).contains("25 CAs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | C/none                                  |               | 404",
                "POST   | C/none/generateVerificationCode         |               | 404",
                "POST   | C/none/verify                           |               | 400",
                "POST   | C/none/other                            |               | 404",
                "GET    | C/none/verify                           |               | 405",
                "GET    | C/a/b/c                                 |               | 404",
                "PATCH  | C/none                                  |               | 405",
                "POST   | C                                       |               | 405",
                "PUT    | C/bad%20name                            | {}            | 400",
                "PUT    | C/a                                     |               | 400",
                "PUT    | C/a                                     | {}            | 400",
                "PUT    | C/a                                     | {'certificate':'AAAA'} | 400",
                "GET    | /subscriptions/s/resourceGroups/g/providers/Microsoft.Devices/provisioningServices/none/certificates | | 404",
                "GET    | /subscriptions/s/resourceGroups/g       |               | 404",
            })
    void otherRequestsGetTheirStatus(String method, String path, String body, int status) throws Exception {
        var text = body == null ? "" : body.replace('\'', '"');
        assertThat(send(method, path.replace("C", collection), text, "*").status())
                .isEqualTo(status);
    }

    @Test
    void aDevicesCertificateIsNoCa() throws Exception {
        assertThat(upload("a", ROOT.device("x")).status()).isEqualTo(400);
    }

    private Answer upload(String name, TestPki.Entity authority) throws Exception {
        return send("PUT", collection + '/' + name, properties(authority));
    }

    private static String etag(Answer answer) {
        return answer.text("/etag");
    }

    private static String properties(TestPki.Entity authority) throws IOException {
        return "{\"properties\":" + certificate(authority) + "}";
    }

    private static String verified(TestPki.Entity authority) throws IOException {
        return "{\"properties\":{\"isVerified\":true,\"certificate\":" + JSON.writeValueAsString(authority.pem())
                + "}}";
    }

    private static String certificate(TestPki.Entity entity) throws IOException {
        return "{\"certificate\":" + JSON.writeValueAsString(entity.pem()) + "}";
    }

    private static String references(String name) {
        return "{\"attestation\":{\"type\":\"x509\",\"x509\":{\"caReferences\":{\"primary\":\"" + name + "\"}}}}";
    }

    private Answer send(String method, String path, String body, String... ifMatch) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create(emulator.description().adminUrl() + path + "?api-version=2022-12-12"))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (String etag : ifMatch) {
            request.header("If-Match", etag);
        }
        var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(response.body()));
    }
}
