package dev.berth.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A Cosmos DB on this machine, in a process of its own that ends with this one. It keeps everything in memory, takes any key, speaks plain
 * HTTP, and has neither throughput nor limits: for demos and tests.
 */
public final class LocalCosmos implements AutoCloseable {
    /** The client refuses plain HTTP unless this system property is {@code true}. */
    public static final String PLAIN_HTTP_PROPERTY = "COSMOS.HTTP_CONNECTION_WITHOUT_TLS_ALLOWED";

    private static final String READY = "READY ";
    private static final int KEY_BYTES = 64;

    private final Process process;
    private final URI endpoint;
    private final String key;

    private LocalCosmos(Process process, URI endpoint, String key) {
        this.process = process;
        this.endpoint = endpoint;
        this.key = key;
    }

    /** On a free port; what the server complains about goes to {@code log}. */
    public static LocalCosmos start(Path log) throws IOException, InterruptedException {
        var directory = LocalCosmosInstallation.directory();
        var process = new ProcessBuilder("node", "server.js")
                .directory(directory.toFile())
                .redirectError(Redirect.appendTo(log.toFile()))
                .start();
        try {
            return new LocalCosmos(process, URI.create("http://127.0.0.1:" + port(process) + "/"), freshKey());
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static int port(Process process) throws IOException {
        @SuppressWarnings("resource") // closing it would end the process's life as well as ours with it
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        var line = output.readLine();
        if (line == null || !line.startsWith(READY)) {
            throw new IOException("the local Cosmos DB did not start: " + line);
        }
        return Integer.parseInt(line.substring(READY.length()));
    }

    private static String freshKey() {
        var bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    public URI endpoint() {
        return endpoint;
    }

    /** Not a secret: the server takes any. */
    public String key() {
        return key;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
