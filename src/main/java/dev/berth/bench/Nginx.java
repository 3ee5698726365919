package dev.berth.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.PemFiles;
import dev.berth.pki.Pki;
import dev.berth.sandbox.FreePort;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The peer: nginx as one process, which verifies the client's chain and answers every request with the same 200. Needs the package {@code nginx}. */
final class Nginx implements AutoCloseable {
    private static final List<Path> PROGRAMS = Stream.of(
                    "/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx", "/opt/homebrew/bin/nginx")
            .map(Path::of)
            .toList();
    private static final long START_MAX_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Process process;
    private final BenchFleet devices;

    private Nginx(Process process, BenchFleet devices) {
        this.process = process;
        this.devices = devices;
    }

    /** Where it is installed, if it is. */
    static Optional<Path> program() {
        return PROGRAMS.stream().filter(Files::isExecutable).findFirst();
    }

    /** Returns when it takes connections; its files go to {@code directory}. */
    static Nginx start(Path program, Path directory)
            throws IOException, GeneralSecurityException, InterruptedException {
        Files.createDirectories(directory.resolve("logs"));
        var pki = new Pki();
        var authority = pki.root("Berth bench CA", KeyAlgorithm.P_256);
        int port = FreePort.choose();
        write(directory, authority, pki.server(authority, List.of("localhost"), KeyAlgorithm.P_256), port);
        var process = new ProcessBuilder(OneCore.holds(List.of(
                        program.toString(), "-p", directory.toString(), "-c", "nginx.conf", "-e", "logs/error")))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("nginx.out").toFile())
                .start();
        await(process, port);
        var listener = URI.create("https://localhost:" + port);
        return new Nginx(process, new BenchFleet(listener, authority, authority.certificate()));
    }

    private static void write(Path directory, CertifiedKey authority, CertifiedKey server, int port)
            throws IOException {
        PemFiles.writeCertificates(
                directory.resolve("ca.pem"), List.of(authority.certificate()), PemFiles.Existing.REPLACE);
        PemFiles.writeCertificates(
                directory.resolve("server.pem"), List.of(server.certificate()), PemFiles.Existing.REPLACE);
        PemFiles.writeKey(directory.resolve("server.key"), server.key(), PemFiles.Existing.REPLACE);
        Files.writeString(directory.resolve("nginx.conf"), configuration(port), UTF_8);
    }

    /** What Berth does, as far as nginx can: no session is resumed, and the chain is verified. */
    private static String configuration(int port) {
        return """
                daemon off;
                master_process off;
                pid logs/pid;
                events { worker_connections 4096; }
                http {
                    access_log off;
                    keepalive_requests 1000000;
                    server {
                        listen 127.0.0.1:%d ssl backlog=4096;
                        ssl_certificate server.pem;
                        ssl_certificate_key server.key;
                        ssl_protocols TLSv1.2 TLSv1.3;
                        ssl_session_cache off;
                        ssl_session_tickets off;
                        ssl_client_certificate ca.pem;
                        ssl_verify_client on;
                        location / { default_type application/json; return 200 '{"action":"connect"}'; }
                    }
                }
                """.formatted(port);
    }

    private static void await(Process process, int port) throws IOException, InterruptedException {
        long began = System.nanoTime();
        while (true) {
            try (var _ = new Socket("localhost", port)) {
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() - began > START_MAX_NANOS || process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    process.destroy();
                    throw new IOException("nginx did not start; see nginx.out and logs/error in its folder", notYet);
                }
            }
        }
    }

    BenchFleet devices() {
        return devices;
    }

    MeasuredCpu cpu() {
        return new MeasuredCpu(process.toHandle());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
