package dev.berth.emulator.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.TestDevice;
import dev.berth.emulator.TestPki;
import dev.berth.emulator.instance.InstanceReport;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.protocol.Pem;
import dev.berth.emulator.protocol.SharedAccessKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An emulator with one instance that knows a group by certificate and one by key, and devices for every kind of enrollment. */
final class SdkFleet implements AutoCloseable {
    static final String ID_SCOPE = "0ne00ABCDEF";
    static final String HUB = "hub.azure-devices.net";
    private static final int LIMIT_PER_MINUTE = 1_000;

    private final TestPki.Entity root = TestPki.root("Fleet Root");
    private final TestPki.Entity line = root.authority("Line");
    private final SharedAccessKey groupKey = SharedAccessKey.random();
    private final Path directory;
    private final Emulator emulator;
    private int devices;

    private SdkFleet(Path directory, int limitPerMinute) throws IOException {
        this.directory = directory;
        var config = Files.writeString(directory.resolve("config.json"), """
                {"instances": [{"name": "sdk-dps", "idScope": "%s", "hubs": ["%s"], "retryAfterSeconds": 1, "assignDelayMillis": 100,
                  "quotas": {"registrationsPerMinute": %d}}]}""".formatted(ID_SCOPE, HUB, limitPerMinute));
        emulator = Emulator.start(EmulatorConfig.read(config), directory);
        put("enrollmentGroups/fleet", group(certificateOf("signingCertificates", root)));
        put("enrollmentGroups/keys", group(key(groupKey)));
    }

    static SdkFleet start(Path directory) throws IOException {
        return new SdkFleet(directory, LIMIT_PER_MINUTE);
    }

    /** One whose quota of this minute is spent. */
    static SdkFleet throttled(Path directory) throws IOException {
        var fleet = new SdkFleet(directory, 1);
        var first = fleet.line.device("first");
        new TestDevice(fleet.emulator.description(), ID_SCOPE, first).register("first");
        return fleet;
    }

    Emulator emulator() {
        return emulator;
    }

    InstanceReport report() {
        return emulator.report(ID_SCOPE);
    }

    Path descriptionFile() {
        return directory.resolve("emulator.json");
    }

    /** A device that was never seen before, enrolled. */
    SdkDevice device(Proof proof) {
        var name = "pump-" + ++devices;
        var ownName = name + "-at-the-hub";
        return switch (proof) {
            case CERTIFICATE_BELOW_A_GROUP -> new SdkDevice.WithCertificate(line.device(name), name, name);
            case KEY_OF_A_GROUP -> new SdkDevice.WithKey(derivedKey(name), name, name);
            case OWN_CERTIFICATE -> {
                var identity = TestPki.root("Another Root").device(name).alone();
                enroll(name, ownName, certificateOf("clientCertificates", identity));
                yield new SdkDevice.WithCertificate(identity, name, ownName);
            }
            case OWN_KEY -> {
                var key = SharedAccessKey.random();
                enroll(name, ownName, key(key));
                yield new SdkDevice.WithKey(key, name, ownName);
            }
        };
    }

    /** A device of the group, shut out by an enrollment of its own. */
    SdkDevice disabled() {
        var device = (SdkDevice.WithCertificate) device(Proof.CERTIFICATE_BELOW_A_GROUP);
        var enrollment = Json.object().put("provisioningStatus", "disabled");
        enrollment.set("attestation", certificateOf("clientCertificates", device.identity()));
        put("enrollments/" + device.registrationId(), enrollment);
        return device;
    }

    /** A device below a CA that nobody enrolled. */
    SdkDevice stranger() {
        var name = "stranger-" + ++devices;
        return new SdkDevice.WithCertificate(TestPki.root("Strange Root").device(name), name, name);
    }

    /** A device that is enrolled with another key than it has. */
    SdkDevice withAnotherKey() {
        var device = device(Proof.OWN_KEY);
        return new SdkDevice.WithKey(SharedAccessKey.random(), device.registrationId(), device.deviceId());
    }

    /** What the scripts take after the transport: a registration ID, then a key, or the files of certificate and key. */
    List<String> arguments(SdkDevice device) throws IOException {
        return switch (device) {
            case SdkDevice.WithKey with ->
                List.of(with.registrationId(), with.key().base64());
            case SdkDevice.WithCertificate with ->
                List.of(
                        with.registrationId(),
                        write(with.registrationId() + ".pem", chain(with.identity())),
                        write(
                                with.registrationId() + ".key",
                                Pem.of(
                                        "PRIVATE KEY",
                                        with.identity().keys().getPrivate().getEncoded())));
        };
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toAbsolutePath().toString();
    }

    private static String chain(TestPki.Entity identity) {
        var chain = new StringBuilder();
        identity.chain().forEach(certificate -> chain.append(Pem.of(certificate)));
        return chain.toString();
    }

    private SharedAccessKey derivedKey(String registrationId) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(groupKey.base64()), mac.getAlgorithm()));
            var derived = mac.doFinal(registrationId.getBytes(StandardCharsets.UTF_8));
            return new SharedAccessKey(Base64.getEncoder().encodeToString(derived));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void enroll(String registrationId, String deviceId, JsonNode attestation) {
        var enrollment = Json.object().put("deviceId", deviceId);
        enrollment.set("attestation", attestation);
        put("enrollments/" + registrationId, enrollment);
    }

    private void put(String path, JsonNode enrollment) {
        admin("PUT", "/" + path, enrollment.toString());
    }

    /** Whether a hub would hold it. */
    boolean knows(SdkDevice device) {
        return admin("GET", "/devices?limit=1000", "").contains('"' + device.registrationId() + '"');
    }

    void giveQuotaBack() {
        admin("DELETE", "/state", "");
    }

    /** As a user does it. */
    private String admin(String method, String path, String body) {
        var uri = URI.create(emulator.description().adminUrl() + "/instances/" + ID_SCOPE + path);
        var request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode group(JsonNode attestation) {
        return Json.object().set("attestation", attestation);
    }

    private static ObjectNode certificateOf(String role, TestPki.Entity identity) {
        var attestation = Json.object().put("type", "x509");
        attestation.putObject("x509").putObject(role).putObject("primary").put("certificate", identity.pem());
        return attestation;
    }

    private static ObjectNode key(SharedAccessKey key) {
        var attestation = Json.object().put("type", "symmetricKey");
        attestation
                .putObject("symmetricKey")
                .put("primaryKey", key.base64())
                .put("secondaryKey", SharedAccessKey.random().base64());
        return attestation;
    }

    @Override
    public void close() throws IOException {
        emulator.close();
    }
}
