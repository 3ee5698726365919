package dev.berth.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.PemFiles;
import dev.berth.pki.Pki;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;

/** Devices that register with an emulator's instances in turn, as plainly as a device can. */
final class DpsFleet {
    private static final int AT_ONCE = 16;
    private static final String API_VERSION = "?api-version=2021-06-01";
    private static final String NEVER = "4102444800";
    private static final Pattern OPERATION = Pattern.compile("\"operationId\":\"([^\"]+)\"");

    private final URI endpoint;
    private final X509Certificate serverCa;
    private final List<String> idScopes = new ArrayList<>();
    private final CertifiedKey deviceCa;
    private final byte[] groupKey;
    private final Pki pki;
    private int made;

    /** {@code emulator} is the object of {@code emulator.json}. */
    DpsFleet(JsonNode emulator, CertifiedKey deviceCa, byte[] groupKey, Pki pki) throws IOException {
        this.endpoint = URI.create("https://" + emulator.path("deviceEndpoint").asText());
        this.serverCa = PemFiles.readCertificates(
                        Path.of(emulator.path("caFile").asText()))
                .getFirst();
        emulator.path("instances")
                .forEach(instance -> idScopes.add(instance.path("idScope").asText()));
        this.deviceCa = deviceCa;
        this.groupKey = groupKey.clone();
        this.pki = pki;
    }

    /** A device with a certificate of its own. */
    record Device(String path, SSLContext context) {}

    List<Device> make(int count) throws IOException, GeneralSecurityException {
        var names = names(count);
        var certificates = pki.devices(deviceCa, names, KeyAlgorithm.P_256);
        var devices = new ArrayList<Device>(count);
        for (int i = 0; i < count; i++) {
            devices.add(new Device(
                    path(i, names.get(i)), BenchDevice.context(serverCa, certificates.get(i), deviceCa.certificate())));
        }
        return devices;
    }

    /** Each connects, registers, and polls once; some at the same time. */
    void bootAll(List<Device> devices) throws Exception {
        all(devices.stream()
                .<Callable<Boolean>>map(device -> () -> {
                    try (var connection = BenchDevice.connect(endpoint, device.context())) {
                        return register(connection, device.path(), "");
                    }
                })
                .toList());
    }

    /** New devices with derived keys, on a few connections that they share. */
    void registerWithKeys(int count) throws Exception {
        var names = names(count);
        var context = BenchDevice.context(serverCa);
        all(IntStream.range(0, AT_ONCE)
                .<Callable<Boolean>>mapToObj(lane -> () -> {
                    try (var connection = BenchDevice.connect(endpoint, context)) {
                        for (int i = lane; i < count; i += AT_ONCE) {
                            var path = path(i, names.get(i));
                            register(connection, path, token(groupKey, path.substring(1), names.get(i)));
                        }
                        return true;
                    }
                })
                .toList());
    }

    private static void all(List<Callable<Boolean>> calls) throws Exception {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (var call : threads.invokeAll(calls)) {
                call.get();
            }
        }
    }

    private static boolean register(BenchDevice connection, String path, String token) throws IOException {
        var assigning = connection.send(request("PUT", path + "/register", token, "{}"));
        var operation = OPERATION.matcher(assigning.body());
        if (assigning.status() != 202 || !operation.find()) {
            throw new IllegalStateException("answered with " + assigning);
        }
        var polled = connection.send(request("GET", path + "/operations/" + operation.group(1), token, ""));
        if (polled.status() / 100 != 2) {
            throw new IllegalStateException("answered with " + polled);
        }
        return true;
    }

    private static byte[] request(String method, String path, String token, String body) {
        return (method + ' ' + path + API_VERSION + " HTTP/1.1\r\nHost: localhost\r\n"
                        + (token.isEmpty() ? "" : "Authorization: " + token + "\r\n")
                        + (body.isEmpty() ? "" : "Content-Type: application/json\r\n")
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(US_ASCII);
    }

    private List<String> names(int count) {
        made += count;
        return IntStream.range(made - count, made)
                .mapToObj("bench-%08d"::formatted)
                .toList();
    }

    private String path(int number, String name) {
        return '/' + idScopes.get(number % idScopes.size()) + "/registrations/" + name;
    }

    /** The shared access signature of the device {@code name}, by a key derived from its group's. */
    static String token(byte[] groupKey, String resource, String name) throws GeneralSecurityException {
        byte[] deviceKey = hmac(groupKey, name);
        String encoded = URLEncoder.encode(resource, UTF_8);
        String signature = Base64.getEncoder().encodeToString(hmac(deviceKey, encoded + '\n' + NEVER));
        return "SharedAccessSignature sr=" + encoded + "&sig=" + URLEncoder.encode(signature, UTF_8) + "&se=" + NEVER
                + "&skn=registration";
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(UTF_8));
    }
}
