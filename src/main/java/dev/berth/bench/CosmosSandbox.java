package dev.berth.bench;

import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.PemFiles;
import dev.berth.pki.Pki;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * {@code berth sandbox} with replicas on the local Cosmos DB, all of them processes of their own.
 *
 * @param devices where devices call, one address for each replica
 * @param managements where each replica shows its metrics
 */
record CosmosSandbox(
        MeasuredProcess process,
        List<URI> devices,
        List<URI> managements,
        CertifiedKey deviceCa,
        X509Certificate serverCa,
        Pki pki)
        implements AutoCloseable {
    private static final String UNITS = "berth_store_request_units_count";

    /** So many DPS instances that each take so many registrations a minute. */
    record Dps(int instances, int limitPerMinute) {}

    /** @param environment more environment variables for its processes */
    static CosmosSandbox start(
            List<String> launcher, Path directory, int replicas, Dps dps, Map<String, String> environment)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(launcher);
        command.addAll(List.of("sandbox", "--dir", directory.toString(), "--store", "cosmos"));
        command.addAll(List.of("--replicas", String.valueOf(replicas), "--instances", String.valueOf(dps.instances())));
        command.addAll(List.of("--limit", String.valueOf(dps.limitPerMinute())));
        var process = MeasuredProcess.start(command, environment, directory.resolve("sandbox.json"));
        var json = process.description();
        var devices = new ArrayList<>(List.of(URI.create(json.path("deviceUrl").asText())));
        var managements =
                new ArrayList<>(List.of(URI.create(json.path("managementUrl").asText())));
        for (var replica = 2; replica <= replicas; replica++) {
            var settings = settings(directory.resolve("berth-" + replica + ".properties"));
            devices.add(URI.create("https://localhost:" + settings.getProperty("berth.device.port")));
            managements.add(URI.create("http://localhost:" + settings.getProperty("berth.management.port")));
        }
        var deviceCa = PemFiles.read(
                Path.of(json.at("/deviceCa/certificateFile").asText()),
                Path.of(json.at("/deviceCa/keyFile").asText()));
        var serverCa = PemFiles.readCertificates(
                        Path.of(json.path("serverCaFile").asText()))
                .getFirst();
        return new CosmosSandbox(process, devices, managements, deviceCa, serverCa, new Pki());
    }

    private static Properties settings(Path file) throws IOException {
        var settings = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            settings.load(reader);
        }
        return settings;
    }

    /** A device that calls this replica. */
    record Caller(URI listener, SSLContext context) {
        BenchDevice connect() throws IOException {
            return BenchDevice.connect(listener, context);
        }
    }

    /** New devices; they call the replicas in turn. */
    List<Caller> make(String namesBegin, int count) throws IOException, GeneralSecurityException {
        var names = IntStream.range(0, count)
                .mapToObj(number -> namesBegin + "-%07d".formatted(number))
                .toList();
        var callers = new ArrayList<Caller>(count);
        for (var device : pki.devices(deviceCa, names, KeyAlgorithm.P_256)) {
            var context = BenchDevice.context(serverCa, device, deviceCa.certificate());
            callers.add(new Caller(devices.get(callers.size() % devices.size()), context));
        }
        return callers;
    }

    /** Of all processes of Berth, which run what this one runs; the store is none. */
    Duration cpu() {
        var program = ProcessHandle.current().info().command();
        return Stream.concat(Stream.of(process.handle()), process.handle().descendants())
                .filter(each -> each.info().command().equals(program))
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The requests that all replicas have sent to the store so far for operations of these names. */
    double requests(List<String> operations) throws IOException, InterruptedException {
        double requests = 0;
        try (var http = HttpClient.newHttpClient()) {
            for (var management : managements) {
                var request =
                        HttpRequest.newBuilder(management.resolve("/q/metrics")).build();
                var lines = http.send(request, BodyHandlers.ofLines()).body();
                requests += lines.filter(line -> line.startsWith(UNITS)
                                && operations.stream().anyMatch(name -> line.contains("\"" + name + "\"")))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum();
            }
        }
        return requests;
    }

    @Override
    public void close() {
        process.close();
    }
}
